import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CommitterElection, ELECTION } from './CommitterElection.ts';

const nothing = { waiting: [], gone: [] };

test('the lowest leaf that is still here commits at once, the others each 300 ms later', () => {
  const leaves = [0, 2, 5];
  const elections = [2, 5].map((leaf) => new CommitterElection(leaf, leaves, 0));
  for (const election of elections) election.pending({ waiting: [], gone: [0] }, 1_000);
  const [second, third] = elections;
  expect(second?.next(1_000)).toEqual({ kind: 'commit', add: [], remove: [0] });
  expect(third?.next(1_000)).toEqual({ kind: 'wait', at: 1_300 });
  expect(third?.next(1_300)).toEqual({ kind: 'commit', add: [], remove: [0] });
});

test('nobody waits for whom the connection is lost; oneself counts always', () => {
  const election = new CommitterElection(5, [0, 2, 5], 0);
  election.pending({ waiting: ['a'], gone: [] }, 0);
  expect(election.next(0)).toEqual({ kind: 'wait', at: 600 });
  election.present([2]);
  expect(election.next(0)).toEqual({ kind: 'wait', at: 300 });
  election.present([]);
  expect(election.next(0)).toMatchObject({ kind: 'commit', add: ['a'] });
});

test('joins wait until 200 ms after the last commit and go together; a removal does not wait', () => {
  const election = new CommitterElection(0, [0], 0);
  election.pending({ waiting: ['a'], gone: [] }, 10);
  expect(election.next(10)).toEqual({ kind: 'commit', add: ['a'], remove: [] });
  election.committing();
  election.pending({ waiting: ['a', 'b'], gone: [] }, 20);
  expect(election.next(20)).toEqual({ kind: 'wait', at: null });
  election.epochChanged({ leaves: [0, 1], added: ['a'], removed: [] }, 50);
  expect(election.next(50)).toEqual({ kind: 'wait', at: 250 });
  election.pending({ waiting: ['b', 'c'], gone: [] }, 100);
  expect(election.next(250)).toEqual({ kind: 'commit', add: ['b', 'c'], remove: [] });
  election.pending({ waiting: ['b', 'c'], gone: [1] }, 120);
  expect(election.next(120)).toEqual({ kind: 'commit', add: ['b', 'c'], remove: [1] });
});

test('progress starts the waiting of higher ranks anew', () => {
  const election = new CommitterElection(1, [0, 1], 0);
  election.pending({ waiting: ['a', 'b'], gone: [] }, 0);
  expect(election.next(0)).toEqual({ kind: 'wait', at: 300 });
  election.epochChanged({ leaves: [0, 1, 2], added: ['a'], removed: [] }, 290);
  expect(election.next(300)).toEqual({ kind: 'wait', at: 290 + 200 + 300 });
});

test('what one refuses is not in its commits, until it is replaced or withdrawn', () => {
  const election = new CommitterElection(0, [0], 0);
  election.pending({ waiting: ['ghost'], gone: [] }, 0);
  election.refuse('ghost');
  expect(election.next(0)).toEqual({ kind: 'wait', at: null });
  election.pending({ waiting: ['ghost', 'b'], gone: [] }, 1);
  expect(election.next(1)).toEqual({ kind: 'commit', add: ['b'], remove: [] });
  election.reconsider('ghost');
  expect(election.next(1)).toMatchObject({ add: ['ghost', 'b'] });
  election.refuse('ghost');
  election.pending(nothing, 2);
  election.pending({ waiting: ['ghost'], gone: [] }, 3);
  expect(election.next(3)).toMatchObject({ add: ['ghost'] });
});

test('a commit that was not taken is tried again after a while; who is gone itself commits nothing', () => {
  const election = new CommitterElection(0, [0, 1], 0);
  election.pending({ waiting: [], gone: [1] }, 0);
  election.committing();
  election.failed(40);
  expect(election.next(40)).toEqual({ kind: 'wait', at: 40 + ELECTION.retryMs });
  election.pending({ waiting: [], gone: [0, 1] }, 500);
  expect(election.next(500)).toEqual({ kind: 'wait', at: null });
});

test('whatever is lost, something is committed: with k who fail, within k × 300 ms and the batch time', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(50), { minLength: 1, maxLength: 8 }),
      fc.nat(7),
      fc.nat(5_000),
      (leaves, failing, start) => {
        const sorted = leaves.toSorted((one, other) => one - other);
        const dead = Math.min(failing, sorted.length - 1);
        const alive = sorted.slice(dead).map((leaf) => new CommitterElection(leaf, leaves, 0));
        for (const election of alive) election.pending({ waiting: ['a'], gone: [] }, start);
        const steps = alive.map((election) => election.next(start));
        const first = Math.min(
          ...steps.map((step) => (step.kind === 'commit' ? start : (step.at ?? Infinity))),
        );
        expect(first).toBe(start + dead * ELECTION.rankDelayMs);
        expect(steps.filter((step) => step.kind === 'commit').length).toBe(dead === 0 ? 1 : 0);
      },
    ),
  );
});
