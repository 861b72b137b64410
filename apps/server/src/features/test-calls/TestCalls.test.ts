import { FIRST_POLICY, LIMITS, MeetingId } from '@conclave/protocol';
import { expect, test } from 'vitest';
import { MOST_TEST_CALLS } from '../../policy/attempts.ts';
import { TestCalls } from './TestCalls.ts';

const verifier = 'A'.repeat(43);
const idOf = (index: number) =>
  MeetingId.parse(`22222-22222-22222-${String(index).padStart(5, '2').replace(/[01]/g, 'x')}`);
const policy = { current: () => FIRST_POLICY } as never;

test('there are only so many at once, whoever begins them; room is made as they end', async () => {
  let now = 0;
  const calls = new TestCalls({ clock: () => now, emit: () => {}, policy, isTaken: async () => false });
  const begun = new Set<string>();
  for (let index = 0; begun.size < MOST_TEST_CALLS; index++) {
    const id = idOf(index);
    if (begun.has(id)) continue;
    begun.add(id);
    await calls.begin(null, `192.0.${begun.size}.1`, { id, verifier });
  }
  const one = MeetingId.parse('33333-33333-33333-33333');
  await expect(calls.begin(null, '198.51.100.1', { id: one, verifier })).rejects.toMatchObject({
    code: 'media.full',
    retryAfterMs: LIMITS.testCallMs,
  });
  expect(calls.expire()).toEqual([]);
  now = LIMITS.testCallMs;
  expect(new Set(calls.expire())).toEqual(begun);
  await calls.begin(null, '198.51.100.1', { id: one, verifier });
  expect(calls.find(one)).toMatchObject({ id: one, ownerId: null });
});

test('of one network there are only so many in ten minutes', async () => {
  const calls = new TestCalls({ clock: () => 0, emit: () => {}, policy, isTaken: async () => true });
  const begin = () => calls.begin(null, '192.0.2.7', { id: idOf(2), verifier });
  for (let count = 0; count < 60; count++)
    await expect(begin()).rejects.toMatchObject({ code: 'request.invalid' });
  await expect(begin()).rejects.toMatchObject({ code: 'auth.too_many_attempts' });
});

test('two that begin with one id at the same moment: one does', async () => {
  const calls = new TestCalls({ clock: () => 0, emit: () => {}, policy, isTaken: async () => false });
  const begun = await Promise.allSettled(
    [1, 2].map(() => calls.begin(null, '192.0.2.8', { id: idOf(2), verifier })),
  );
  expect(begun.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});
