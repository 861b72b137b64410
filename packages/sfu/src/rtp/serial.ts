/** How far `to` is ahead of `from` on the 16-bit circle, −32768…32767 (RFC 1982 for RTP sequence numbers). */
export function sequenceDistance(from: number, to: number): number {
  return ((to - from) << 16) >> 16;
}

export function isSequenceNewer(sequence: number, than: number): boolean {
  return sequenceDistance(than, sequence) > 0;
}

/** How far `to` is ahead of `from` on the 32-bit circle, in ticks, −2³¹…2³¹−1. */
export function timestampDistance(from: number, to: number): number {
  return (to - from) | 0;
}

/**
 * Extends 16-bit sequence numbers by counting their cycles. A number stands for the place nearest to the newest one
 * seen, so reordering across the wrap is right up to half the circle. The first number is its own extension.
 */
export class SequenceUnwrapper {
  #newest: number | null = null;

  get newest(): number | null {
    return this.#newest;
  }

  unwrap(sequence: number): number {
    const newest = this.#newest;
    if (newest === null) {
      this.#newest = sequence;
      return sequence;
    }
    const extended = newest + sequenceDistance(newest & 0xffff, sequence);
    if (extended > newest) this.#newest = extended;
    return extended;
  }

  reset(): void {
    this.#newest = null;
  }
}

/** The same for 32-bit RTP timestamps; safe integers for 2²¹ cycles. */
export class TimestampUnwrapper {
  #newest: number | null = null;

  unwrap(timestamp: number): number {
    const newest = this.#newest;
    if (newest === null) {
      this.#newest = timestamp;
      return timestamp;
    }
    const extended = newest + timestampDistance(newest | 0, timestamp);
    if (extended > newest) this.#newest = extended;
    return extended;
  }
}
