import type { MeetingState, PersonVerification } from '@conclave/client';
import { expect, test } from 'vitest';
import { shieldNews, shieldOf } from './shield.ts';

type Seen = Pick<MeetingState, 'encryption' | 'verification' | 'doubts'>;

function seen(over: {
  readonly phase?: 'forming' | 'secured';
  readonly people?: readonly Partial<PersonVerification>[];
  readonly roomCode?: Seen['verification']['roomCode'];
  readonly comparison?: Seen['verification']['comparison'];
  readonly refused?: number;
  readonly doubts?: Seen['doubts'];
  readonly trouble?: Seen['encryption']['trouble'];
}): Seen {
  const people = (over.people ?? [{}]).map(
    (person, index): PersonVerification => ({
      participantId: `p${index}`,
      deviceKey: 'key',
      trust: 'known',
      verified: null,
      joinedAt: null,
      joinedSince: false,
      ...person,
    }),
  );
  return {
    encryption: {
      phase: over.phase ?? 'secured',
      epoch: 1,
      people: people.map(({ participantId }) => ({
        participantId,
        name: participantId,
        accountId: null,
        self: false,
        entry: null,
        admittedBy: null,
      })),
      refused: Array.from({ length: over.refused ?? 0 }, () => ({ participantId: 'ghost', at: 1 })),
      trouble: over.trouble ?? null,
    },
    verification: {
      people,
      roomCode: over.roomCode ?? { name: 'none' },
      comparison: over.comparison ?? { name: 'never' },
    },
    doubts: over.doubts ?? [],
  };
}

const reasons = (state: Seen, refusedSeen = 0) =>
  shieldOf(state, refusedSeen).concerns.map(({ reason }) => reason);

test('it is green only when the group is there and nothing is to be looked at', () => {
  expect(shieldOf(seen({}), 0).level).toBe('secured');
  expect(shieldOf(seen({ phase: 'forming' }), 0).level).toBe('forming');
  expect(shieldOf(seen({ people: [{ trust: 'changed' }] }), 0).level).toBe('attention');
});

test('each thing that needs a judgement is one concern, and names whom it is about', () => {
  const { concerns } = shieldOf(
    seen({
      people: [{ trust: 'changed' }, { joinedSince: true }, { trust: 'renamed' }],
      roomCode: { name: 'broken', participantId: 'p1' },
      doubts: [
        { participantId: 'p0', source: 'camera' },
        { participantId: 'p0', source: 'microphone' },
      ],
      refused: 1,
    }),
    0,
  );
  expect(concerns).toEqual([
    { reason: 'changed', participantId: 'p0' },
    { reason: 'renamed', participantId: 'p2' },
    { reason: 'disturbed', participantId: 'p1' },
    { reason: 'unverifiable', participantId: 'p0' },
    { reason: 'joinedSince', participantId: 'p1' },
    { reason: 'refused', participantId: null },
  ]);
});

test.each(['split', 'stuck'] as const)('a service that does not do its part is a concern: %s', (trouble) => {
  const shield = shieldOf(seen({ trouble }), 0);
  expect(shield).toEqual({ level: 'attention', concerns: [{ reason: trouble, participantId: null }] });
  expect(shieldNews(shieldOf(seen({}), 0), shield)).toEqual([]);
});

test('to be kept waiting is one before all others, and nothing is called encrypted meanwhile', () => {
  const shield = shieldOf(seen({ phase: 'forming', trouble: 'waiting', refused: 1 }), 0);
  expect(shield.level).toBe('forming');
  expect(shield.concerns[0]).toEqual({ reason: 'waiting', participantId: null });
});

test('a comparison that holds no more is a concern; one that never was is not', () => {
  expect(reasons(seen({ comparison: { name: 'lost' } }))).toEqual(['regrouped']);
  expect(reasons(seen({ comparison: { name: 'never' } }))).toEqual([]);
});

test('who was refused is a concern until somebody has looked, and the next one is again', () => {
  expect(reasons(seen({ refused: 1 }), 1)).toEqual([]);
  expect(reasons(seen({ refused: 2 }), 1)).toEqual(['refused']);
});

test('whoever has left the group concerns nobody any more', () => {
  const state = seen({ people: [{ trust: 'changed' }] });
  expect(reasons({ ...state, encryption: { ...state.encryption, people: [] } })).toEqual([]);
});

test('what is heard: keys lost and found again, and concerns that are new', () => {
  const green = shieldOf(seen({}), 0);
  const forming = shieldOf(seen({ phase: 'forming' }), 0);
  const joined = shieldOf(seen({ people: [{ joinedSince: true }] }), 0);
  expect(shieldNews(green, forming)).toEqual(['forming']);
  expect(shieldNews(forming, green)).toEqual(['secured']);
  expect(shieldNews(green, joined)).toEqual([{ reason: 'joinedSince', participantId: 'p0' }]);
  expect(shieldNews(joined, joined)).toEqual([]);
  expect(shieldNews(green, shieldOf(seen({ people: [{ trust: 'changed' }] }), 0))).toEqual([]);
});
