import type { TalkAuthor } from '@conclave/e2ee';
import { type Control, NO_SOURCES, type Participant } from '@conclave/protocol';
import { expect, test } from 'vitest';
import { mayCommand } from './mayCommand.ts';

const id = 'olivia-012345678' as Participant['id'];
const author = (accountId: string | null) =>
  ({ participantId: id, name: 'Olivia', accountId, device: 'd' }) as unknown as TalkAuthor;
const listed = (role: Participant['role'], controls: Control[]): Participant => ({
  ...{ id, name: 'Olivia', role, controls, entry: 'host', invitedAs: null, sources: NO_SOURCES },
  ...{ stage: 'on', allowed: NO_SOURCES, connected: true, joinedAt: '2026-01-01T00:00:00.000Z' },
  breakoutRoom: null,
  introduction: null,
});

test.each([
  ['a host', 'account', listed('host', []), true],
  ['a co-host with the control', 'account', listed('cohost', ['hands']), true],
  ['a co-host without it', 'account', listed('cohost', ['chat']), false],
  ['a member whom the server gives the control', 'account', listed('member', ['hands']), false],
  ['a guest whom the server calls a host', null, listed('host', ['hands']), false],
  ['nobody of the list', 'account', null, false],
] as const)('%s', (_, accountId, one, may) => {
  const participants: readonly Participant[] = one === null ? [] : [one];
  expect(mayCommand(author(accountId), 'lower-hand', participants)).toBe(may);
});
