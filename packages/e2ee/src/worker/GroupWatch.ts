/** For so long a delivery service may be slow, ms. After that the members are told. */
const PATIENCE = 10_000;
/** Messages of one member that cannot be read: so many, over so long (ms), are no accident. */
const LEAST_MESSAGES = 3;
const PERSISTENT = 2_000;
/** What could not be read so long ago is of somebody who has gone, or can be read again, ms. */
const FORGOTTEN = 60_000;
/** Commits in a row that do nothing while there is something to do. No client of ours makes one. */
const IDLE_COMMITS = 4;

/**
 * What an honest delivery service would not let happen for long, and one that means ill might:
 *
 * - `waiting`: nobody lets us in, or what we are sent lets us in nowhere.
 * - `stuck`: what is to be committed is not: who has left can still read, or who waits is kept out.
 * - `split`: what members say cannot be read here: the group is not the same for them and for us.
 */
export type GroupTrouble = 'waiting' | 'stuck' | 'split';

/** Something that is to be committed: a leaf that is to be removed, or the id of an applicant. */
export type Pending = number | string;

/** Notices that the group does not go on as it should. No clock: every call is told the time (ms, monotonic). */
export class GroupWatch {
  #outsideSince: number | null = null;
  /** Each by itself: what happens to others hides nobody's wait. */
  readonly #pendingSince = new Map<Pending, number>();
  #idleCommits = 0;
  readonly #unreadable = new Map<string, { readonly since: number; last: number; count: number }>();

  /** We are in no group, and want to be. */
  outside(now: number): void {
    this.#outsideSince ??= now;
    this.#forget();
  }

  /** We are at the door of the meeting: nobody owes us a place in its group yet. */
  atTheDoor(): void {
    this.#outsideSince = null;
    this.#forget();
  }

  /** We have come in. */
  inside(): void {
    this.#outsideSince = null;
  }

  /** All that there is to commit. */
  pending(all: readonly Pending[], now: number): void {
    const kept = new Set(all);
    for (const one of this.#pendingSince.keys()) if (!kept.has(one)) this.#pendingSince.delete(one);
    for (const one of all) if (!this.#pendingSince.has(one)) this.#pendingSince.set(one, now);
    if (all.length === 0) this.#idleCommits = 0;
  }

  /** A commit was taken. @param isIdle nobody came in by it, and nobody went */
  advanced(isIdle: boolean): void {
    this.#idleCommits = isIdle && this.#pendingSince.size > 0 ? this.#idleCommits + 1 : 0;
  }

  /** A message of a member was read. */
  read(participantId: string): void {
    this.#unreadable.delete(participantId);
  }

  /** One could not be, though its sender is a member. */
  unreadable(participantId: string, now: number): void {
    const known = this.#unreadable.get(participantId) ?? { since: now, last: now, count: 0 };
    known.last = now;
    known.count += 1;
    this.#unreadable.set(participantId, known);
  }

  trouble(now: number): GroupTrouble | null {
    if (isOver(this.#outsideSince, now)) return 'waiting';
    if (this.#splitUntil(now) !== null) return 'split';
    return this.#idleCommits >= IDLE_COMMITS || isOver(this.#oldestPending, now) ? 'stuck' : null;
  }

  /** When the answer changes by time alone; null when it does not. */
  nextChangeAt(now: number): number | null {
    const since = this.#outsideSince ?? this.#oldestPending;
    return since === null || isOver(since, now) ? this.#splitUntil(now) : since + PATIENCE;
  }

  /** Until when there is reason to say that the group is split; null when there is none. */
  #splitUntil(now: number): number | null {
    const ends = [...this.#unreadable.values()].flatMap(({ since, last, count }) =>
      count >= LEAST_MESSAGES && last - since >= PERSISTENT && now - last < FORGOTTEN
        ? [last + FORGOTTEN]
        : [],
    );
    return ends.length === 0 ? null : Math.max(...ends);
  }

  #forget(): void {
    this.#pendingSince.clear();
    this.#idleCommits = 0;
    this.#unreadable.clear();
  }

  get #oldestPending(): number | null {
    return this.#pendingSince.size === 0 ? null : Math.min(...this.#pendingSince.values());
  }
}

function isOver(since: number | null, now: number): boolean {
  return since !== null && now - since >= PATIENCE;
}
