import { SfuError } from '../control/SfuError.ts';

/** Transports of one process that are not connected yet. A whole large meeting may come back at once. */
const MOST = 1_000;

/** Counts the transports that cost memory and carry nothing. Each gives its place back by itself, see `Connection`. */
export class HalfOpen {
  readonly #most: number;
  readonly #open = new Set<object>();

  constructor(most = MOST) {
    this.#most = most;
  }

  get size(): number {
    return this.#open.size;
  }

  /** Throws SfuError `limit` when there are too many already. */
  enter(transport: object): void {
    if (this.#open.size >= this.#most) throw new SfuError('limit', 'Too many transports are being opened.');
    this.#open.add(transport);
  }

  leave(transport: object): void {
    this.#open.delete(transport);
  }
}
