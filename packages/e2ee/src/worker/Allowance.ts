/** How often each member is listened to: so many at once, so many a second after that. Times in ms. */
export class Allowance {
  /** More than take part; who has left is forgotten then. */
  static readonly #most = 1_000;

  readonly #rate: { readonly burst: number; readonly perSecond: number };
  readonly #left = new Map<string, { tokens: number; at: number }>();

  constructor(rate: { readonly burst: number; readonly perSecond: number }) {
    this.#rate = rate;
  }

  /** @returns false when it is too much. */
  take(who: string, now: number): boolean {
    if (this.#left.size > Allowance.#most) this.#forgetFull(now);
    const left = this.#tokens(who, now);
    this.#left.set(who, { tokens: left < 1 ? left : left - 1, at: now });
    return left >= 1;
  }

  /** What was taken cost more than others: so much more. */
  charge(who: string, more: number, now: number): void {
    this.#left.set(who, { tokens: Math.max(0, this.#tokens(who, now) - more), at: now });
  }

  /** Whoever may do all again is as one who was never heard. */
  #forgetFull(now: number): void {
    for (const who of this.#left.keys())
      if (this.#tokens(who, now) >= this.#rate.burst) this.#left.delete(who);
  }

  #tokens(who: string, now: number): number {
    const { burst, perSecond } = this.#rate;
    const { tokens, at } = this.#left.get(who) ?? { tokens: burst, at: now };
    return Math.min(burst, tokens + ((now - at) / 1_000) * perSecond);
  }
}
