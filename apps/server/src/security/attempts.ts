import { ConclaveError } from '@conclave/protocol';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { addressKey } from './addressKey.ts';

/** So many wrong attempts in a window, counted under each name that is given. */
export interface AttemptRule {
  readonly wrong: number;
  readonly windowSeconds: number;
}

/** An attempt that is under way. It counts as wrong until it is told to have succeeded. */
export interface Attempt {
  succeeded(): Promise<void>;
}

/** Told once in each window that the limit of a name is reached. */
export type OnLimit<Names extends string> = (name: Names, key: string, rule: AttemptRule) => void;

/**
 * Limits guessing. Each attempt is counted when it begins, before any check, so that many at once gain nothing;
 * one that succeeds is given back. `Names` says what is counted apart, for example address and account; what is
 * named `address` is folded by `addressKey`; null is not counted.
 */
export class AttemptLimiter<Names extends string> {
  readonly #rules: Readonly<Record<Names, AttemptRule>>;
  readonly #limiters: ReadonlyMap<Names, RateLimiterMemory>;
  readonly #onLimit: OnLimit<Names>;
  readonly #told = new RateLimiterMemory({ points: 1, duration: 1 });

  constructor(rules: Readonly<Record<Names, AttemptRule>>, onLimit: OnLimit<Names> = () => {}) {
    this.#rules = rules;
    this.#onLimit = onLimit;
    this.#limiters = new Map(
      (Object.keys(rules) as Names[]).map((name) => [
        name,
        new RateLimiterMemory({ points: rules[name].wrong, duration: rules[name].windowSeconds }),
      ]),
    );
  }

  /** @throws ConclaveError auth.too_many_attempts, with the time until the next one may be made. */
  async begin(keys: Readonly<Record<Names, string | null>>): Promise<Attempt> {
    const counted: [RateLimiterMemory, string][] = [];
    const giveBack = async () => {
      for (const [limiter, key] of counted) await limiter.reward(key, 1);
    };
    for (const [name, limiter] of this.#limiters) {
      const given = keys[name];
      if (given === null) continue;
      const key = name === 'address' ? addressKey(given) : given;
      try {
        await limiter.consume(key, 1);
        counted.push([limiter, key]);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        await limiter.reward(key, 1);
        await giveBack();
        await this.#tell(name, key);
        throw new ConclaveError('auth.too_many_attempts', { retryAfterMs: Math.ceil(refusal.msBeforeNext) });
      }
    }
    return { succeeded: giveBack };
  }

  /** The first refusal in a window is news, the others are not. */
  async #tell(name: Names, key: string): Promise<void> {
    const rule = this.#rules[name];
    const told = await this.#told.get(`${name} ${key}`);
    if (told !== null && told.consumedPoints > 0) return;
    await this.#told.set(`${name} ${key}`, 1, rule.windowSeconds);
    this.#onLimit(name, key, rule);
  }
}
