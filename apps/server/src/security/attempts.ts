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

/**
 * Limits guessing. Each attempt is counted when it begins, before any check, so that many at once gain nothing;
 * one that succeeds is given back. `Names` says what is counted apart, for example address and account; what is
 * named `address` is folded by `addressKey`.
 */
export class AttemptLimiter<Names extends string> {
  readonly #limiters: ReadonlyMap<Names, RateLimiterMemory>;

  constructor(rules: Readonly<Record<Names, AttemptRule>>) {
    this.#limiters = new Map(
      (Object.keys(rules) as Names[]).map((name) => [
        name,
        new RateLimiterMemory({ points: rules[name].wrong, duration: rules[name].windowSeconds }),
      ]),
    );
  }

  /** @throws ConclaveError auth.too_many_attempts, with the time until the next one may be made. */
  async begin(keys: Readonly<Record<Names, string>>): Promise<Attempt> {
    const counted: [RateLimiterMemory, string][] = [];
    const giveBack = async () => {
      for (const [limiter, key] of counted) await limiter.reward(key, 1);
    };
    for (const [name, limiter] of this.#limiters) {
      const key = name === 'address' ? addressKey(keys[name]) : keys[name];
      try {
        await limiter.consume(key, 1);
        counted.push([limiter, key]);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        await limiter.reward(key, 1);
        await giveBack();
        throw new ConclaveError('auth.too_many_attempts', { retryAfterMs: Math.ceil(refusal.msBeforeNext) });
      }
    }
    return { succeeded: giveBack };
  }
}
