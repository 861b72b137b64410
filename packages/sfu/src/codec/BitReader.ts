/** Reads bits of `bytes[offset, offset + length)`, the highest of a byte first. Beyond the end it reads zeros and says so. */
export class BitReader {
  /** Something was read that was not there. */
  overrun = false;
  readonly #bytes: Uint8Array;
  readonly #start: number;
  readonly #end: number;
  #at: number;

  constructor(bytes: Uint8Array, offset: number, length: number) {
    this.#bytes = bytes;
    this.#start = offset * 8;
    this.#at = this.#start;
    this.#end = (offset + length) * 8;
  }

  /** Bits read so far. */
  get position(): number {
    return this.#at - this.#start;
  }

  get left(): number {
    return this.#end - this.#at;
  }

  bit(): number {
    if (this.#at >= this.#end) {
      this.overrun = true;
      return 0;
    }
    const value = ((this.#bytes[this.#at >> 3] ?? 0) >> (7 - (this.#at & 7))) & 1;
    this.#at += 1;
    return value;
  }

  /** f(n) of the AV1 RTP specification, n ≤ 32. */
  bits(count: number): number {
    let value = 0;
    for (let index = 0; index < count; index++) value = value * 2 + this.bit();
    return value;
  }

  /** ns(n): one of n values (A.4.1), n ≥ 1. */
  nonSymmetric(values: number): number {
    const width = 32 - Math.clz32(values);
    const short = 2 ** width - values;
    const value = this.bits(width - 1);
    return value < short ? value : value * 2 - short + this.bit();
  }
}
