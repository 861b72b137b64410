import { MessageRate } from '../security/MessageRate.ts';

/** Addresses that are remembered at most; beyond it the one not seen for longest is forgotten. */
const capacity = 10_000;

/** A token bucket for each address. */
export class AddressRates {
  readonly #rates = new Map<string, MessageRate>();
  readonly #perSecond: number;
  readonly #burst: number;

  constructor(perSecond: number, burst: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
  }

  /** @returns false when this one is too many. */
  take(address: string, now: number): boolean {
    const rate = this.#rates.get(address) ?? new MessageRate(this.#perSecond, this.#burst, now);
    this.#rates.delete(address);
    this.#rates.set(address, rate);
    const [oldest] = this.#rates.keys();
    if (this.#rates.size > capacity && oldest !== undefined) this.#rates.delete(oldest);
    return rate.take(now);
  }
}
