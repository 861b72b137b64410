import { expect, test, vi } from 'vitest';
import { MESSAGE_KINDS } from '../../member-messages/memberMessage.ts';
import { encodeReaction } from '../../member-messages/reactionMessage.ts';
import { LateTalk } from './LateTalk.ts';
import type { TalkEvent } from './talkMessages.ts';
import { TalkRoom } from './testing/TalkRoom.ts';

test('what happens before the script is there happens after, in order; a flood meanwhile is cut off', async () => {
  const room = new TalkRoom();
  const [ada, ben] = [room.join('Ada'), room.join('Ben')];
  const told: TalkEvent[] = [];
  const sent: number[] = [];
  const talk = new LateTalk({
    send: async ({ kind }) => void sent.push(kind),
    tell: (events) => told.push(...events),
    now: () => room.now,
    clock: () => room.now,
    random: () => 0,
    after: (ms, run) => room.after(ms, run),
  });
  const feature = (kind: number) => talk.features.find((one) => one.kind === kind);
  for (const one of talk.features) one.enter?.(room.groupOf(ben));
  const body = encodeReaction('👍');
  for (let index = 0; index < 5_000; index++)
    feature(MESSAGE_KINDS.reaction)?.receive({
      kind: MESSAGE_KINDS.reaction,
      body,
      sender: ada.member,
      epoch: 0,
    });
  talk.ask({ type: 'hand', up: true });
  expect(told).toEqual([]);
  await vi.waitFor(() => expect(sent).toEqual([MESSAGE_KINDS.hand]));
  await room.pass(1_000);
  expect(told.filter(({ type }) => type === 'reacted')).toHaveLength(9);
});
