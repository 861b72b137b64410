/** How often something may happen: so many times a second, and so many at once. */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #filledAt: number;

  constructor(perSecond: number, burst: number, now: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#tokens = burst;
    this.#filledAt = now;
  }

  /** @param now ms. @returns whether it may happen now */
  take(now: number): boolean {
    const gained = (Math.max(0, now - this.#filledAt) / 1_000) * this.#perSecond;
    this.#tokens = Math.min(this.#burst, this.#tokens + gained);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

/** One for each member: somebody who floods spends nobody else's. */
export class MemberBuckets {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #all = new Map<string, TokenBucket>();

  constructor(perSecond: number, burst: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
  }

  take(participantId: string, now: number): boolean {
    const bucket = this.#all.get(participantId) ?? new TokenBucket(this.#perSecond, this.#burst, now);
    this.#all.set(participantId, bucket);
    return bucket.take(now);
  }

  /** Of those who are gone nothing is kept. */
  keep(participantIds: ReadonlySet<string>): void {
    for (const id of this.#all.keys()) if (!participantIds.has(id)) this.#all.delete(id);
  }
}
