/** Writes bits into a fixed target, the highest of a byte first. Beyond its end nothing is written, and `overrun` says so. */
export class BitWriter {
  overrun = false;
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, offset = 0) {
    this.#bytes = bytes;
    this.#at = offset * 8;
  }

  /** Index of the first byte that nothing has been written to. */
  get end(): number {
    return (this.#at + 7) >> 3;
  }

  bit(value: number): void {
    const byte = this.#at >> 3;
    if (byte >= this.#bytes.length) {
      this.overrun = true;
      return;
    }
    const mask = 0x80 >> (this.#at & 7);
    // The first bit of a byte clears what was there.
    const before = mask === 0x80 ? 0 : (this.#bytes[byte] ?? 0);
    this.#bytes[byte] = value === 0 ? before : before | mask;
    this.#at += 1;
  }

  /** f(n) of the AV1 RTP specification, n ≤ 32. */
  bits(value: number, count: number): void {
    for (let index = count - 1; index >= 0; index--) this.bit(Math.floor(value / 2 ** index) % 2);
  }

  /** ns(n): one of `values` values (A.4.1). */
  nonSymmetric(value: number, values: number): void {
    const width = 32 - Math.clz32(values);
    const short = 2 ** width - values;
    if (value < short) this.bits(value, width - 1);
    else this.bits(value + short, width);
  }
}
