import type { FrameFact } from './FrameFact.ts';

/** Times in ms, of a clock that does not go on while nothing comes. */
export const PROVING = {
  /** A frame is listed within 0.5 s, and once more within 1 s; lists get lost and are sent again. */
  grace: 3_000,
  /** A longer silence ends a run: what had not been listed until then may never be. */
  silence: 1_000,
  /** The clock goes on by so much at most between two frames. */
  longestStep: 500,
  /** Verdicts are weighed over so long. */
  window: 8_000,
  /** Missing ones that make a doubt, when they are more than what was proved. */
  missing: 15,
  /** Runs without any proof that make a doubt. */
  unprovedRuns: 8,
  /** A forgery is held against a line for so long after the last one, and until something is proved. */
  forgedFor: 5_000,
} as const;

const MAX_PENDING = 2_048;
const MAX_LISTED = 1_024;

interface Pending {
  readonly hash: bigint;
  readonly at: number;
  run: number;
}

interface Count {
  readonly at: number;
  proved: number;
  missing: number;
  /** Runs that ended with frames which nobody ever listed. */
  readonly unprovedRuns: Set<number>;
}

export type SourceDoubt = 'unsigned' | 'forged';

/**
 * What came on one line as one sender's, and what that sender has signed of it. Nothing is held back until it is listed:
 * that would cost half a second. What is listed otherwise than it came is `forged`, what is never listed `unsigned`.
 */
export class ReceivedFrames {
  readonly #pending = new Map<bigint, Pending>();
  /** Listed and not yet here. */
  readonly #listed = new Map<bigint, bigint>();
  #counts: Count[] = [];
  #clock = 0;
  #lastAt: number | null = null;
  #run = 0;
  #forgedAt: number | null = null;
  #provedSince = false;

  /** A frame that decrypted. False: it is not the one that its sender has listed, and must not be shown. */
  receive(fact: FrameFact, now: number): boolean {
    this.#goOn(now);
    const key = keyOf(fact);
    const listed = this.#listed.get(key);
    if (listed !== undefined) {
      this.#listed.delete(key);
      return this.#judge(listed === fact.hash);
    }
    this.#pending.set(key, { hash: fact.hash, at: this.#clock, run: this.#run });
    this.#expire();
    return true;
  }

  /** What the sender has signed. */
  learn(facts: readonly FrameFact[]): void {
    let isForged = false;
    for (const fact of facts) {
      const key = keyOf(fact);
      const pending = this.#pending.get(key);
      if (pending === undefined) {
        // Told twice: the first word counts.
        if (!this.#listed.has(key)) this.#listed.set(key, fact.hash);
        continue;
      }
      this.#pending.delete(key);
      if (!this.#judge(pending.hash === fact.hash)) isForged = true;
    }
    // What the same list proves beside it is no sign that it is over.
    if (isForged) this.forged();
    for (const key of this.#listed.keys()) {
      if (this.#listed.size <= MAX_LISTED) break;
      this.#listed.delete(key);
    }
  }

  /** Something that the sender would not have signed. */
  forged(): void {
    this.#forgedAt = this.#clock;
    this.#provedSince = false;
  }

  get doubt(): SourceDoubt | null {
    if (this.#forgedAt !== null) return 'forged';
    let proved = 0;
    let missing = 0;
    const unproved = new Set<number>();
    for (const count of this.#counts) {
      proved += count.proved;
      missing += count.missing;
      for (const run of count.unprovedRuns) unproved.add(run);
    }
    if (missing >= PROVING.missing && missing > proved) return 'unsigned';
    return proved === 0 && unproved.size >= PROVING.unprovedRuns ? 'unsigned' : null;
  }

  #goOn(now: number): void {
    const step = this.#lastAt === null ? 0 : Math.max(0, now - this.#lastAt);
    this.#lastAt = now;
    if (step > PROVING.silence) this.#run += 1;
    this.#clock += Math.min(step, PROVING.longestStep);
    const since = this.#clock - PROVING.window;
    this.#counts = this.#counts.filter(({ at }) => at > since);
    const isOver = this.#forgedAt !== null && this.#clock - this.#forgedAt > PROVING.forgedFor;
    if (isOver && this.#provedSince) this.#forgedAt = null;
  }

  #judge(isTrue: boolean): boolean {
    if (isTrue) {
      this.#count().proved += 1;
      this.#provedSince = true;
    } else this.forged();
    return isTrue;
  }

  /** Pending ones are in the order in which they came. */
  #expire(): void {
    for (const [key, { at, run }] of this.#pending) {
      if (at > this.#clock - PROVING.grace && this.#pending.size <= MAX_PENDING) return;
      this.#pending.delete(key);
      if (run === this.#run) this.#count().missing += 1;
      else this.#count().unprovedRuns.add(run);
    }
  }

  #count(): Count {
    const last = this.#counts.at(-1);
    if (last !== undefined && this.#clock - last.at < 500) return last;
    const fresh = { at: this.#clock, proved: 0, missing: 0, unprovedRuns: new Set<number>() };
    this.#counts.push(fresh);
    return fresh;
  }
}

/** Counters have 64 bits on the wire. */
function keyOf({ epoch, counter }: FrameFact): bigint {
  return (epoch << 64n) | counter;
}
