import { LinkCapacity } from './LinkCapacity.ts';
import type { Usage } from './OveruseDetector.ts';

/** Of what arrives while the path is full, so much is sent from then on: the rest lets the queue run empty. */
const BACKOFF = 0.85;
/** Growth in a second far from the capacity. */
const GROWTH = 1.08;
/** The estimate does not grow beyond so many times what arrives: more has not been shown. */
const UNPROVED = 1.5;
const UNPROVED_BASE = 10_000;
const LEAST_STEP = 1_000;
const SLOWEST = 4_000;
const PACKET_BITS = 9_600;
const STEEPEST = 0.15;
/** Delay until an increase shows, besides the round trip, ms. */
const RESPONSE = 100;
/** Between two decreases lies a round trip, within these bounds, ms. */
const SHORTEST_PAUSE = 10;
const LONGEST_PAUSE = 200;

/**
 * Additive increase, multiplicative decrease (draft-ietf-rmcat-gcc-02, section 5.5), bit/s. The estimate falls on overuse
 * only, so nothing is lost while less is sent than could be.
 */
export class RateControl {
  readonly #least: number;
  readonly #capacity = new LinkCapacity();
  #bitrate: number;
  #state: 'hold' | 'increase' = 'hold';
  #changedAt = Number.NaN;
  #decreasedAt = Number.NEGATIVE_INFINITY;

  constructor(start: number, least: number) {
    this.#bitrate = start;
    this.#least = least;
  }

  get bitrate(): number {
    return this.#bitrate;
  }

  /** When it was lowered last, ms. */
  get decreasedAt(): number {
    return this.#decreasedAt;
  }

  /**
   * @param acknowledged bit/s that arrive; null: not known yet
   * @param roundTrip ms
   */
  update(usage: Usage, acknowledged: number | null, roundTrip: number, now: number): void {
    if (usage === 'overuse') {
      this.#decrease(acknowledged, roundTrip, now);
      return;
    }
    if (usage === 'underuse') this.#state = 'hold';
    else if (this.#state === 'hold') {
      this.#state = 'increase';
      this.#changedAt = now;
    } else this.#increase(acknowledged, roundTrip, now);
  }

  /** A probe has shown that so much gets through. */
  prove(bitrate: number, now: number): void {
    this.#capacity.onProbe(bitrate);
    if (bitrate <= this.#bitrate) return;
    this.#bitrate = bitrate;
    this.#changedAt = now;
  }

  /** Nothing is known of the path any more. */
  limit(bitrate: number, now: number): void {
    this.#bitrate = Math.max(this.#least, Math.min(this.#bitrate, bitrate));
    this.#changedAt = now;
    this.#decreasedAt = now;
    this.#capacity.reset();
  }

  #increase(acknowledged: number | null, roundTrip: number, now: number): void {
    const elapsed = Math.min(1_000, now - this.#changedAt);
    this.#changedAt = now;
    if (acknowledged === null) return;
    if (acknowledged > this.#capacity.upper) this.#capacity.reset();
    const limit = UNPROVED * acknowledged + UNPROVED_BASE;
    if (this.#bitrate >= limit) return;
    const step = this.#capacity.known
      ? (additiveStep(this.#bitrate, roundTrip) * elapsed) / 1_000
      : Math.max((LEAST_STEP * elapsed) / 1_000, this.#bitrate * (GROWTH ** (elapsed / 1_000) - 1));
    this.#bitrate = Math.min(limit, this.#bitrate + step);
  }

  #decrease(acknowledged: number | null, roundTrip: number, now: number): void {
    const pause = Math.min(LONGEST_PAUSE, Math.max(SHORTEST_PAUSE, roundTrip));
    const far = acknowledged !== null && acknowledged < this.#bitrate / 2;
    if (now - this.#decreasedAt < pause && !far) return;
    this.#state = 'hold';
    this.#changedAt = now;
    if (acknowledged === null) {
      this.#bitrate = Math.max(this.#least, this.#bitrate / 2);
      this.#decreasedAt = now;
      return;
    }
    const lowered = BACKOFF * acknowledged;
    if (lowered < this.#bitrate) {
      this.#bitrate = Math.max(this.#least, lowered);
      this.#decreasedAt = now;
    }
    if (acknowledged < this.#capacity.lower) this.#capacity.reset();
    this.#capacity.onOveruse(acknowledged);
  }
}

/** A packet for each response time, the same for all who share a path, but little of what is sent. */
function additiveStep(bitrate: number, roundTrip: number): number {
  return Math.max(SLOWEST, Math.min((PACKET_BITS * 1_000) / (roundTrip + RESPONSE), bitrate * STEEPEST));
}
