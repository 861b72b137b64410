/** Repairs get what the media leave, and of the whole at least this share. */
const LEAST_SHARE = 0.15;
/** What was not used may be used later, ms: losses come in bursts. */
const DEPTH = 500;
/** Even on the narrowest path, bit/s. */
const LEAST = 30_000;
/**
 * Never more than the media themselves, which is what repairs a path that loses every second packet; a wide path is no
 * reason to send the same ten times to whoever asks for it.
 */
const MOST_SHARE = 1;
/** Without an estimate, so many times what is sent, and so much at least. */
const BLIND_SHARE = 0.3;
const BLIND_LEAST = 300_000;

/**
 * What may be sent again to one receiver. On a path that is too narrow, a retransmission drives out a packet which is
 * then asked for as well: so what is repaired may not cost more than the path has left beside the media.
 */
export class RepairBudget {
  #rate = LEAST;
  #bits = (LEAST * DEPTH) / 1_000;
  #at = Number.NaN;

  /**
   * @param capacity bit/s that the path carries; infinite: not known
   * @param media bit/s that is sent for the first time
   */
  update(capacity: number, media: number, now: number): void {
    this.#fill(now);
    const wanted = Number.isFinite(capacity)
      ? Math.max(LEAST, capacity * LEAST_SHARE, capacity - media)
      : Math.max(BLIND_LEAST, media * BLIND_SHARE);
    this.#rate = Math.min(wanted, Math.max(BLIND_LEAST, media * MOST_SHARE));
  }

  /** Bytes that may be sent again now. */
  available(now: number): number {
    this.#fill(now);
    return Math.max(0, this.#bits / 8);
  }

  spend(bytes: number): void {
    this.#bits -= bytes * 8;
  }

  #fill(now: number): void {
    const elapsed = Math.max(0, now - this.#at) || 0;
    this.#at = now;
    this.#bits = Math.min((this.#rate * DEPTH) / 1_000, this.#bits + (this.#rate * elapsed) / 1_000);
  }
}
