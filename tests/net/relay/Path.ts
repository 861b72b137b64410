/** What one direction of a path does to packets. Nothing by default. Times in ms. */
export interface PathImpairment {
  /** Share of packets that are lost by chance, 0 to 1. */
  readonly loss?: number;
  /** Mean number of packets that are lost in a row (Gilbert–Elliott); 1: each by itself. `loss` stays the share. */
  readonly burst?: number;
  readonly delayMs?: number;
  /** Each packet takes up to this much longer, by chance. */
  readonly jitterMs?: number;
  /** Whether jitter may change the order: a packet then does not wait for those before it. */
  readonly jitterReorders?: boolean;
  /** Share of packets that are overtaken by later ones, 0 to 1, because they take `reorderMs` longer. */
  readonly reordering?: number;
  readonly reorderMs?: number;
  readonly rateKbit?: number;
  /** With `rateKbit`: what would wait longer in the queue is dropped. */
  readonly queueMs?: number;
}

const usualQueueMs = 200;
const usualReorderMs = 30;
/** Ethernet, IPv4 and UDP around a datagram, bytes: a link carries them too. */
const headerBytes = 42;

/**
 * One direction of a network path, without clock and socket: says when a packet comes out at the other end. Loss first,
 * then the queue of a link of limited rate, then delay: as `tc netem` does it.
 */
export class Path {
  readonly #random: () => number;
  #impairment: PathImpairment = {};
  /** In a burst of loss. */
  #bursting = false;
  /** When the link has sent all that it was given. */
  #linkFreeAt = Number.NEGATIVE_INFINITY;
  /** When the last packet that keeps the order comes out. */
  #lastOut = Number.NEGATIVE_INFINITY;

  /** @param random numbers from 0 to 1 */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** Holds for packets that come from now on; what is on its way stays on its way. */
  impair(impairment: PathImpairment): void {
    this.#impairment = impairment;
  }

  /** @returns when a packet that comes at `now` leaves; null when it never does. */
  admit(bytes: number, now: number): number | null {
    if (this.#isLost()) return null;
    const sent = this.#transmit(bytes, now);
    return sent === null ? null : this.#delay(sent);
  }

  #isLost(): boolean {
    const { loss = 0, burst = 1 } = this.#impairment;
    if (loss <= 0) return false;
    if (loss >= 1) return true;
    if (burst <= 1) return this.#random() < loss;
    const leave = 1 / burst;
    // In the long run, the share of time in the lossy state is enter / (enter + leave).
    const enter = (leave * loss) / (1 - loss);
    this.#bursting = this.#random() < (this.#bursting ? 1 - leave : enter);
    return this.#bursting;
  }

  #transmit(bytes: number, now: number): number | null {
    const { rateKbit, queueMs = usualQueueMs } = this.#impairment;
    if (rateKbit === undefined) {
      this.#linkFreeAt = Number.NEGATIVE_INFINITY;
      return now;
    }
    const start = Math.max(now, this.#linkFreeAt);
    if (start - now > queueMs) return null;
    this.#linkFreeAt = start + ((bytes + headerBytes) * 8) / rateKbit;
    return this.#linkFreeAt;
  }

  #delay(sent: number): number {
    const {
      delayMs = 0,
      jitterMs = 0,
      jitterReorders = false,
      reordering = 0,
      reorderMs = usualReorderMs,
    } = this.#impairment;
    const out = sent + delayMs + (jitterMs > 0 ? this.#random() * jitterMs : 0);
    if (reordering > 0 && this.#random() < reordering) return out + reorderMs;
    if (jitterReorders) return out;
    this.#lastOut = Math.max(out, this.#lastOut);
    return this.#lastOut;
  }
}
