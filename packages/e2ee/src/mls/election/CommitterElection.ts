/** Times in ms, and how much one commit does. */
export const ELECTION = {
  /** Rank k may commit k × 300 ms after rank 0 might have. */
  rankDelayMs: 300,
  /** Joins wait so long after the last commit, so that those who come together are added together. */
  joinBatchMs: 200,
  /** A commit of 32 joins is about 25 kB. */
  addsPerCommit: 32,
  /** After a commit of ours was not taken. The winner, if there is one, is on its way on the same socket. */
  retryMs: 300,
} as const;

/** What is to be committed, as the delivery service tells it. */
export interface PendingChanges {
  /** Participant ids whose KeyPackage waits, in the order to be served. */
  readonly waiting: readonly string[];
  /** Leaves of participants who left, were removed, or gave up their leaf by coming back with a new one. */
  readonly gone: readonly number[];
}

/** Commit this now; or ask again at `at` (null: when something was told). */
export type ElectionStep =
  | { readonly kind: 'commit'; readonly add: readonly string[]; readonly remove: readonly number[] }
  | { readonly kind: 'wait'; readonly at: number | null };

/**
 * Who commits, and when: the lowest leaf that is still here, and rank k of the others when nothing happened for
 * k × 300 ms. It is no agreement: two may commit at once, the delivery service takes the first, and the loser
 * drops its own and processes the winner. So safety never hangs on it, only how soon something happens.
 *
 * Removals are due at once; joins no sooner than 200 ms after the last commit, together. A new epoch starts
 * the ranks' waiting anew. No clock and no sends: every call is told the time (ms, of any monotonic origin).
 */
export class CommitterElection {
  readonly #ownLeaf: number;
  #leaves: readonly number[];
  readonly #waitingSince = new Map<string, number>();
  readonly #goneSince = new Map<number, number>();
  readonly #refused = new Set<string>();
  #present: ReadonlySet<number> | null = null;
  #lastEpochAt: number;
  #notBefore: number;
  #committing = false;

  /** @param leaves of all members, one's own too. */
  constructor(ownLeaf: number, leaves: readonly number[], now: number) {
    this.#ownLeaf = ownLeaf;
    this.#leaves = leaves;
    this.#lastEpochAt = Number.NEGATIVE_INFINITY;
    this.#notBefore = now;
  }

  /** The whole of what is pending, each time the delivery service tells it. */
  pending(changes: PendingChanges, now: number): void {
    replaceKeys(this.#waitingSince, changes.waiting, now);
    replaceKeys(this.#goneSince, changes.gone, now);
    for (const id of this.#refused) if (!this.#waitingSince.has(id)) this.#refused.delete(id);
  }

  /** Leaves of members whose connection stands, as far as is known: nobody waits for the others. */
  present(leaves: readonly number[]): void {
    this.#present = new Set(leaves);
  }

  /** This KeyPackage is not acceptable: it is left out of our commits until it is withdrawn or replaced. */
  refuse(participantId: string): void {
    this.#refused.add(participantId);
  }

  /** The participant handed in another KeyPackage. */
  reconsider(participantId: string): void {
    this.#refused.delete(participantId);
  }

  /**
   * A commit was processed or applied, ours or another's.
   * @param added and removed by it: no longer pending, even before the delivery service says so.
   */
  epochChanged(
    epoch: {
      readonly leaves: readonly number[];
      readonly added: readonly string[];
      readonly removed: readonly number[];
    },
    now: number,
  ): void {
    this.#leaves = epoch.leaves;
    this.#lastEpochAt = now;
    this.#committing = false;
    for (const id of epoch.added) this.#waitingSince.delete(id);
    for (const leaf of epoch.removed) this.#goneSince.delete(leaf);
    for (const id of this.#waitingSince.keys()) this.#waitingSince.set(id, now);
    for (const leaf of this.#goneSince.keys()) this.#goneSince.set(leaf, now);
  }

  /** We are making or sending a commit: nothing more is asked of us until it is settled. */
  committing(): void {
    this.#committing = true;
  }

  /** Our commit was not taken. When another was first, `epochChanged` follows as soon as the winner is processed. */
  failed(now: number): void {
    this.#committing = false;
    this.#notBefore = now + ELECTION.retryMs;
  }

  next(now: number): ElectionStep {
    const rank = this.#rank();
    const due = this.#dueForFirst();
    if (this.#committing || rank === null || due === null) return { kind: 'wait', at: null };
    const turn = Math.max(due + rank * ELECTION.rankDelayMs, this.#notBefore);
    if (now < turn) return { kind: 'wait', at: turn };
    return {
      kind: 'commit',
      add: this.#acceptable().slice(0, ELECTION.addsPerCommit),
      remove: [...this.#goneSince.keys()].sort((one, other) => one - other),
    };
  }

  /** Our place among the leaves that are still here; null when we are not among them. */
  #rank(): number | null {
    const isHere = (leaf: number): boolean =>
      leaf === this.#ownLeaf || this.#present === null || this.#present.has(leaf);
    const eligible = this.#leaves
      .filter((leaf) => !this.#goneSince.has(leaf) && isHere(leaf))
      .sort((one, other) => one - other);
    const rank = eligible.indexOf(this.#ownLeaf);
    return rank < 0 ? null : rank;
  }

  /** When rank 0 may commit what there is; null when there is nothing. */
  #dueForFirst(): number | null {
    const removals = [...this.#goneSince.values()];
    if (removals.length > 0) return Math.min(...removals);
    const joins = this.#acceptable().map((id) => this.#waitingSince.get(id) ?? Number.POSITIVE_INFINITY);
    if (joins.length === 0) return null;
    return Math.max(Math.min(...joins), this.#lastEpochAt + ELECTION.joinBatchMs);
  }

  #acceptable(): string[] {
    return [...this.#waitingSince.keys()].filter((id) => !this.#refused.has(id));
  }
}

function replaceKeys<K>(since: Map<K, number>, keys: readonly K[], now: number): void {
  const kept = new Set(keys);
  for (const key of since.keys()) if (!kept.has(key)) since.delete(key);
  for (const key of keys) if (!since.has(key)) since.set(key, now);
}
