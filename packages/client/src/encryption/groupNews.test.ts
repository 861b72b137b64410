import { GroupId, ParticipantId } from '@conclave/protocol';
import { expect, test } from 'vitest';
import { groupNews } from './groupNews.ts';
import { toSeat } from './serverRequests.ts';

const groupId = GroupId.parse('AAAAAAAAAAAAAAAAAAAAAA');
const [ann, bob] = ['AAAAAAAAAAAAAAAA', 'BBBBBBBBBBBBBBBB'].map((id) => ParticipantId.parse(id)) as [
  ParticipantId,
  ParticipantId,
];
const newcomers = [
  { participantId: ann, entry: 'admitted', admission: 'AQID' },
  { participantId: bob, entry: 'passcode', admission: null },
] as const;
const told = [
  { participantId: ann, entry: 'admitted', admission: Uint8Array.of(1, 2, 3) },
  { participantId: bob, entry: 'passcode', admission: null },
];

test('how somebody came, and by whose word, reaches the worker with everybody who waits and each commit', () => {
  const waiting = newcomers.map((newcomer) => ({ ...newcomer, keyPackage: 'BAU' }));
  expect(groupNews({ type: 'group-pending', groupId, waiting, gone: [] })).toEqual({
    ...{ type: 'pending', groupId, gone: [] },
    waiting: told.map((newcomer) => ({ ...newcomer, keyPackage: Uint8Array.of(4, 5) })),
  });
  const commit = { epoch: 3, commit: 'BAU', from: ann, added: [...newcomers] };
  const accepted = { epoch: 3, commit: Uint8Array.of(4, 5), added: told };
  expect(groupNews({ type: 'group-commit', groupId, ...commit })).toEqual({
    ...{ type: 'commit', groupId },
    accepted,
  });
  expect(toSeat({ role: 'member', groupId, missed: [commit] })).toEqual({
    ...{ role: 'member', groupId },
    missed: [accepted],
  });
});
