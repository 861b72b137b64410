import { FIRST_POLICY, type Policy, type PolicyChanges } from '@conclave/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PolicyStore } from './PolicyStore.ts';
import type { PolicyChange, StoredPolicy } from './ports.ts';
import { readStoredPolicy } from './readStoredPolicy.ts';

const clock = () => Date.UTC(2026, 0, 1);

async function open(pins: PolicyChanges = {}, kept: { stored: unknown } = { stored: null }) {
  const told: PolicyChange[] = [];
  const store = await PolicyStore.open({
    pins,
    clock,
    onFault: (fault) => {
      throw fault;
    },
    storage: {
      read: async () => kept.stored,
      write: async (stored: StoredPolicy) => {
        kept.stored = JSON.parse(JSON.stringify(stored));
      },
    },
  });
  store.onChange((change) => told.push(change));
  return { store, told, kept };
}

test('a change is stored before it is told, and is there after a restart', async () => {
  const { store, told, kept } = await open();
  expect(store.state).toMatchObject({ version: 0, changedAt: null, policy: FIRST_POLICY });
  const { state } = await store.change(0, { secondFactor: 'everybody', guests: { mode: 'off' } });
  expect(state).toMatchObject({ version: 1, changedAt: clock(), policy: { secondFactor: 'everybody' } });
  expect(told).toMatchObject([{ changed: ['guests', 'secondFactor'], before: FIRST_POLICY }]);
  const again = await open({}, kept);
  expect(again.store.state).toEqual(state);
});

test('of two changes made from the same version the second is refused, and nothing of it is kept', async () => {
  const { store, told } = await open();
  const both = await Promise.allSettled([
    store.change(0, { sessionIdleDays: 7 }),
    store.change(0, { keepMailsDays: 3 }),
  ]);
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(both[1]).toMatchObject({ reason: { code: 'policy.stale' } });
  expect(store.current()).toMatchObject({ sessionIdleDays: 7, keepMailsDays: FIRST_POLICY.keepMailsDays });
  expect(told).toHaveLength(1);
});

test('what the file of the operator says wins, cannot be changed, and leaves what was decided as it was', async () => {
  const kept = { stored: null as unknown };
  const before = await open({}, kept);
  await before.store.change(0, { screenSharing: { mode: 'default', value: 'off' } });
  const pins: PolicyChanges = { screenSharing: { mode: 'enforced', value: 'members' } };
  const pinned = await open(pins, kept);
  expect(pinned.store.current().screenSharing).toEqual(pins.screenSharing);
  expect(pinned.store.state.pinned).toEqual(['screenSharing']);
  await expect(pinned.store.change(1, { screenSharing: { mode: 'off' } })).rejects.toMatchObject({
    code: 'policy.pinned',
    field: 'screenSharing',
  });
  await pinned.store.change(1, { keepMailsDays: 3 });
  const after = await open({}, kept);
  expect(after.store.current().screenSharing).toEqual({ mode: 'default', value: 'off' });
});

test('settings that do not go together are refused', async () => {
  const { store } = await open();
  await expect(store.change(0, { passwordLength: 8 })).rejects.toMatchObject({
    code: 'policy.conflict',
    field: 'passwordLength',
  });
});

test('a change of nothing is no change', async () => {
  const { store, told } = await open();
  const { state, changed } = await store.change(0, { signOn: FIRST_POLICY.signOn });
  expect([state.version, changed]).toEqual([0, []]);
  expect(told).toEqual([]);
});

test('a change that could not be stored has not happened', async () => {
  const store = await PolicyStore.open({
    pins: {},
    clock,
    onFault: () => {},
    storage: { read: async () => null, write: () => Promise.reject(new Error('the disk is full')) },
  });
  await expect(store.change(0, { keepMailsDays: 3 })).rejects.toThrow('full');
  expect(store.current()).toEqual(FIRST_POLICY);
});

test('whatever is stored, a policy comes of it', () => {
  const stored = fc.record({
    version: fc.integer({ min: 0 }),
    changedAt: fc.constant('2026-01-01T00:00:00.000Z'),
    values: fc.dictionary(fc.constantFrom<keyof Policy>('chat', 'guests', 'sessionIdleDays'), fc.anything()),
  });
  fc.assert(
    fc.property(fc.oneof(fc.anything(), stored), (value) => {
      const { policy } = readStoredPolicy(value);
      expect(Object.keys(policy).toSorted()).toEqual(Object.keys(FIRST_POLICY).toSorted());
    }),
  );
});
