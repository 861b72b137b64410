import { createHash } from 'node:crypto';
import { addressKey } from './addressKey.ts';

/**
 * From where each account has signed in before. Guesses from elsewhere are counted apart from those, so that a
 * stranger who guesses cannot lock people out. Kept in memory, the longest unused forgotten first.
 */
export class KnownPlaces {
  readonly #places = new Set<string>();
  readonly #capacity: number;

  constructor(capacity = 10_000) {
    this.#capacity = capacity;
  }

  remember(account: string, address: string): void {
    const place = placeOf(account, address);
    this.#places.delete(place);
    this.#places.add(place);
    const [oldest] = this.#places;
    if (this.#places.size > this.#capacity && oldest !== undefined) this.#places.delete(oldest);
  }

  /** Under which name the guesses at an account from an address are counted. */
  counterOf(account: string, address: string): string {
    const place = placeOf(account, address);
    return this.#places.has(place) ? `known ${place}` : `account ${account}`;
  }
}

/** A hash of fixed length: no list of who was where lies in memory. */
function placeOf(account: string, address: string): string {
  return createHash('sha256')
    .update(`${account}\0${addressKey(address)}`)
    .digest('base64url');
}
