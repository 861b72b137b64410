import { SframeError } from './SframeError.ts';

/**
 * Counters back from the newest one that can still be told apart. One source numbers all its simulcast layers with one
 * counter, so at three layers of 60 frames/s this is 11 s.
 */
export const REPLAY_WINDOW = 2_048;

const INDEX = BigInt(REPLAY_WINDOW - 1);

/** Which counters of one key were received, in a sliding window (RFC 9605, section 9.3; RFC 3711, section 3.3.2). */
export class ReplayWindow {
  /** A ring: the bit of a counter is at the counter modulo the window. Counters above the newest have their bit clear. */
  readonly #received = new Uint32Array(REPLAY_WINDOW / 32);
  #newest = -1n;

  /** @throws SframeError `replayed`, `too-old`. */
  check(counter: bigint): void {
    if (counter > this.#newest) return;
    if (this.#newest - counter >= BigInt(REPLAY_WINDOW)) throw new SframeError('too-old');
    const index = Number(counter & INDEX);
    if (((this.#received[index >> 5] ?? 0) & (1 << (index & 31))) !== 0) throw new SframeError('replayed');
  }

  /**
   * Checks and marks in one step. To be called for authentic frames only: whoever could move the window with forged ones
   * could lock the true ones out.
   *
   * @throws SframeError as `check` does.
   */
  mark(counter: bigint): void {
    this.check(counter);
    if (counter > this.#newest) this.#advance(counter);
    const index = Number(counter & INDEX);
    this.#received[index >> 5] = (this.#received[index >> 5] ?? 0) | (1 << (index & 31));
  }

  #advance(counter: bigint): void {
    const ahead = counter - this.#newest;
    if (ahead >= BigInt(REPLAY_WINDOW)) {
      this.#received.fill(0);
    } else {
      const first = Number((this.#newest + 1n) & INDEX);
      for (let step = 0; step < Number(ahead); step++) {
        const index = (first + step) & (REPLAY_WINDOW - 1);
        this.#received[index >> 5] = (this.#received[index >> 5] ?? 0) & ~(1 << (index & 31));
      }
    }
    this.#newest = counter;
  }
}
