const BITS = 1_024;

/**
 * Which packets have come already (RFC 3711, section 3.3.2): the last 1,024 indices below the highest one. Indices are
 * whole numbers below 2^53.
 */
export class ReplayWindow {
  readonly #seen = new Uint32Array(BITS / 32);
  #highest = -1;

  /** False for what has come before, and for what is so old that nobody can tell. */
  isNew(index: number): boolean {
    if (index > this.#highest) return true;
    if (index <= this.#highest - BITS) return false;
    const at = index % BITS;
    return ((this.#seen[at >>> 5] ?? 0) & (1 << (at & 31))) === 0;
  }

  /** To be called only for what has proved genuine, and is new. */
  add(index: number): void {
    if (index <= this.#highest - BITS) return;
    if (index > this.#highest) {
      this.#forget(index);
      this.#highest = index;
    }
    const at = index % BITS;
    this.#seen[at >>> 5] = (this.#seen[at >>> 5] ?? 0) | (1 << (at & 31));
  }

  /** What the window moves over has not come yet; the new highest one itself is noted right after. */
  #forget(index: number): void {
    if (index - this.#highest >= BITS) {
      this.#seen.fill(0);
      return;
    }
    for (let next = this.#highest + 1; next < index; next++) {
      const at = next % BITS;
      this.#seen[at >>> 5] = (this.#seen[at >>> 5] ?? 0) & ~(1 << (at & 31));
    }
  }
}
