import { PACKET_BYTES } from '../native/PacketMemory.ts';

/** Datagrams in one batch. From here on more would save little, and the first would wait for the last. */
const MOST = 10;
const BYTES = MOST * PACKET_BYTES;

/** Datagrams to one peer, one behind the other: all of one length but the last, which may be shorter. */
export class Batch {
  readonly bytes = Buffer.alloc(BYTES);
  #count = 0;
  #segment = 0;
  #length = 0;
  #isComplete = false;

  get count(): number {
    return this.#count;
  }

  /** The length of each but the last. */
  get segment(): number {
    return this.#segment;
  }

  /** Of all together. */
  get length(): number {
    return this.#length;
  }

  /** Whether a datagram of this length can be added: an empty one takes any. */
  takes(length: number): boolean {
    return this.#count === 0 || (!this.#isComplete && length <= this.#segment && this.#count < MOST);
  }

  /** Throws RangeError for what `takes` refuses. */
  add(bytes: Uint8Array, length: number): void {
    if (!this.takes(length) || length > PACKET_BYTES) throw new RangeError('the batch does not take it');
    if (this.#count === 0) this.#segment = length;
    this.#isComplete = length < this.#segment;
    this.bytes.set(bytes.length === length ? bytes : bytes.subarray(0, length), this.#length);
    this.#length += length;
    this.#count += 1;
  }

  /** From one of its datagrams on. */
  from(offset: number): Uint8Array {
    return this.bytes.subarray(offset);
  }

  clear(): void {
    this.#count = 0;
    this.#segment = 0;
    this.#length = 0;
    this.#isComplete = false;
  }
}
