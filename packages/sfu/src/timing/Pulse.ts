/**
 * Calls back every `period` ms, or as often as the process can. Unlike an interval it lets everything else have its turn
 * before each call: Node runs timers for as long as any is due, and where the work of a period takes longer than the
 * period one always is. Packets, and what the host says, would then wait for ever.
 */
export class Pulse implements Disposable {
  readonly #period: number;
  readonly #callback: () => void;
  #timer: NodeJS.Timeout | null = null;
  #immediate: NodeJS.Immediate | null = null;
  #isEnded = false;

  /** @param callback must not throw */
  constructor(period: number, callback: () => void) {
    this.#period = period;
    this.#callback = callback;
    this.#plan(period);
  }

  [Symbol.dispose](): void {
    this.#isEnded = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#immediate !== null) clearImmediate(this.#immediate);
  }

  #plan(wait: number): void {
    this.#timer = setTimeout(() => {
      this.#immediate = setImmediate(() => this.#beat());
    }, wait);
  }

  #beat(): void {
    const begun = performance.now();
    this.#callback();
    if (this.#isEnded) return;
    // Node cuts off fractions of a millisecond.
    this.#plan(Math.max(1, Math.round(this.#period - (performance.now() - begun))));
  }
}
