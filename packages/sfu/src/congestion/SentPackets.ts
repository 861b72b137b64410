import { sequenceDistance } from '../rtp/serial.ts';

/** Packets that are remembered, a power of two: four seconds of 1,000 a second. About 50 KB. */
const CAPACITY = 4096;
const MASK = CAPACITY - 1;

/** What is known of a packet: nothing yet, reported missing, reported received. */
export const UNREPORTED = 0;
export const MISSING = 1;
export const RECEIVED = 2;

/**
 * The packets sent on one transport, by transport-wide sequence number. The memory is taken at the first packet; each
 * later one costs four writes and no garbage. Fields of a packet are at its place, `number & mask`.
 */
export class SentPackets {
  /** Number of the packet that is sent next, counted without wrapping. */
  next: number;
  readonly #first: number;
  readonly mask = MASK;
  /** ms */
  times = new Float64Array(0);
  /** Bytes on the wire. */
  sizes = new Uint16Array(0);
  states = new Uint8Array(0);
  /** Number of the probe that the packet was part of; 0: none. */
  probes = new Uint8Array(0);

  /** @param first number of the first packet; nothing is known of those before it */
  constructor(first = 0) {
    this.next = first;
    this.#first = first;
  }

  add(size: number, time: number, probe: number): void {
    if (this.times.length === 0) this.#allocate();
    const at = this.next & MASK;
    this.times[at] = time;
    this.sizes[at] = size;
    this.states[at] = UNREPORTED;
    this.probes[at] = probe;
    this.next += 1;
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

  #allocate(): void {
    this.times = new Float64Array(CAPACITY);
    this.sizes = new Uint16Array(CAPACITY);
    this.states = new Uint8Array(CAPACITY);
    this.probes = new Uint8Array(CAPACITY);
  }
}
