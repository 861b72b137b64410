import { expect, test } from 'vitest';
import { SAY_AGAIN } from '../files/sayAgain.ts';
import { MESSAGE_KINDS, type MemberMessage } from '../member-messages/memberMessage.ts';
import { LateFiles } from './LateFiles.ts';

/** One who was away, and hears something of another before asking. */
function askAfterHearing(...body: number[]): readonly MemberMessage[] {
  const sent: MemberMessage[] = [];
  const timers: (() => void)[] = [];
  const files = new LateFiles({
    send: async (message) => void sent.push(message),
    tell: () => {},
    after: (_, run) => void timers.push(run),
    random: () => 0,
    now: () => 0,
  });
  files.returned();
  const sender = {
    ...{ kind: 'guest' as const, participantId: 'bob', name: 'Bob', notAfter: 0, leafIndex: 1 },
    deviceKey: new Uint8Array(32),
  };
  files.receive({ kind: MESSAGE_KINDS.file, body: Uint8Array.from(body), sender, epoch: 1 });
  for (const run of timers) run();
  return sent;
}

test('who was away asks, unless another has asked meanwhile', () => {
  expect(askAfterHearing()).toHaveLength(1);
  expect(askAfterHearing(SAY_AGAIN)).toEqual([]);
});

test('what is not quite a question, which nobody answers, holds nobody back from asking', () => {
  expect(askAfterHearing(SAY_AGAIN, 0)).toHaveLength(1);
});
