import { expect, test } from 'vitest';
import type { RoomCommand } from './roomCommands.ts';
import { on } from './testing/commands.ts';
import { accountOf, ada, cid, dan, enter, noRoom } from './testing/people.ts';
import { OPEN_RULES } from './testing/rules.ts';

const hold: RoomCommand = {
  type: 'moderate',
  by: ada,
  moderation: {
    action: 'hold',
    sources: ['microphone'],
    whom: { who: 'some', participantIds: [cid] },
    held: true,
  },
  now: 1,
};

test.each([
  ['the same browser', { visitorKey: 'cid' }, false],
  ['another browser behind the same address', { visitorKey: 'other', addressKey: 'office' }, true],
] as const)('who was told not to speak, and comes from %s as well', (_, who, free) => {
  const host = enter(ada, { role: 'host', accountId: accountOf(1) });
  const held = on(
    noRoom(OPEN_RULES),
    host,
    enter(cid, { visitorKey: 'cid', addressKey: 'office' }),
    hold,
    enter(dan, who),
  ).state;
  expect(held.members.get(cid)?.allowed.microphone).toBe(false);
  expect(held.members.get(dan)?.allowed.microphone).toBe(free);
});
