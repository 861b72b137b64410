import { sequenceDistance } from '../rtp/serial.ts';

/** Packets that are remembered, a power of two: four seconds of 1,000 a second. 64 KB. */
const CAPACITY = 4096;
const MASK = CAPACITY - 1;

/** What is known of a packet: nothing yet, reported missing, reported received. */
export const UNREPORTED = 0;
export const MISSING = 1;
export const RECEIVED = 2;

/** Numbers of a place: when it was sent, and the rest as one number: its bytes in 16 bits, state in 2, probe in 8. */
const STRIDE = 2;
const STATE = 16;
const PROBE = 18;

/**
 * The packets sent on one transport, by transport-wide sequence number. The memory is taken at the first packet; each
 * later one costs two writes side by side and no garbage: among hundreds of receivers each place is far from the
 * processor's caches, so it is one line of them and not four.
 */
export class SentPackets {
  /** Number of the packet that is sent next, counted without wrapping. */
  next: number;
  readonly #first: number;
  #places = new Float64Array(0);

  /** @param first number of the first packet; nothing is known of those before it */
  constructor(first = 0) {
    this.next = first;
    this.#first = first;
  }

  /**
   * @param size bytes on the wire, 16 bits
   * @param time ms
   * @param probe number of the probe that the packet is part of, 8 bits; 0: none
   */
  add(size: number, time: number, probe: number): void {
    if (this.#places.length === 0) this.#places = new Float64Array(CAPACITY * STRIDE);
    const at = (this.next & MASK) * STRIDE;
    this.#places[at] = time;
    this.#places[at + 1] = size | (UNREPORTED << STATE) | (probe << PROBE);
    this.next += 1;
  }

  time(number: number): number {
    return this.#places[(number & MASK) * STRIDE] ?? 0;
  }

  size(number: number): number {
    return this.#rest(number) & 0xffff;
  }

  state(number: number): number {
    return (this.#rest(number) >> STATE) & 3;
  }

  setState(number: number, state: typeof MISSING | typeof RECEIVED): void {
    const rest = this.#rest(number) & ~(3 << STATE);
    this.#places[(number & MASK) * STRIDE + 1] = rest | (state << STATE);
  }

  probe(number: number): number {
    return this.#rest(number) >> PROBE;
  }

  /** The oldest number that is remembered. */
  get oldest(): number {
    return Math.max(this.#first, this.next - CAPACITY);
  }

  /** The number that 16 bits of a feedback stand for; −1 when it was never sent, or is forgotten. */
  find(sequence: number): number {
    const newest = this.next - 1;
    const number = newest + sequenceDistance(newest & 0xffff, sequence);
    return number > newest || number < this.oldest ? -1 : number;
  }

  #rest(number: number): number {
    return this.#places[(number & MASK) * STRIDE + 1] ?? 0;
  }
}
