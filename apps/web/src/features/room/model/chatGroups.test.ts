import type { ChatEntry } from '@conclave/client';
import { expect, it } from 'vitest';
import { chatGroups } from './chatGroups.ts';

const message = (participantId: string, key: string, at = 0): ChatEntry => ({
  kind: 'message',
  key,
  author: { participantId, name: participantId, guest: false, self: false },
  text: key,
  at,
  replyTo: null,
  deletedBy: null,
  edited: false,
  privateWith: null,
  delivery: 'sent',
});

it('what one person writes at a stretch is one group; others, time and gaps end it', () => {
  const groups = chatGroups([
    message('ada', '1'),
    message('ada', '2', 60_000),
    message('ben', '3', 60_000),
    message('ada', '4', 60_000),
    message('ada', '5', 600_000),
    { kind: 'gap', key: 'gap', away: true },
    message('ada', '6', 600_000),
  ]);
  expect(
    groups.map((group) =>
      group.kind !== 'messages' ? group.kind : group.messages.map(({ key }) => key).join(),
    ),
  ).toEqual(['1,2', '3', '4', '5', 'gap', '6']);
});

it('what is private stands apart from what is for all, and from what is for somebody else', () => {
  const to = (participantId: string, key: string): ChatEntry =>
    Object.assign(message('ada', key), { privateWith: { participantId, name: participantId } });
  const groups = chatGroups([
    message('ada', '1'),
    to('ben', '2'),
    to('ben', '3'),
    to('cid', '4'),
    message('ada', '5'),
  ]);
  expect(groups.map((group) => (group.kind === 'messages' ? group.messages.length : 0))).toEqual([
    1, 2, 1, 1,
  ]);
});
