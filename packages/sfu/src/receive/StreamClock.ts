import { timestampDistance } from '../rtp/serial.ts';

/** Drift between two computers' clocks that is followed, ms per ms: 200 ppm. */
const DRIFT = 0.0002;
/** A sample further off than this means that the sender's clock was set, ms. */
const CLOCK_SET = 5_000;

/**
 * Places one sender's NTP clock on the SFU's: the difference of the sender report that travelled fastest. All streams
 * of a sender share it, so that times of its layers, and of its sound and picture, stay exact relative to each other.
 */
export class SenderClock {
  #offset = Number.NaN;
  #observedAt = 0;

  /** @param ntp sender's time in ms of a report that came at `arrival`, ms on the SFU's clock */
  observe(ntp: number, arrival: number): void {
    const sample = arrival - ntp;
    const allowed = this.#offset + Math.max(0, arrival - this.#observedAt) * DRIFT;
    if (!(Math.abs(sample - this.#offset) < CLOCK_SET)) this.#offset = sample;
    else this.#offset = Math.min(sample, allowed);
    this.#observedAt = arrival;
  }

  toLocal(ntp: number): number {
    return ntp + this.#offset;
  }
}

/** When the frames of one incoming stream were captured, from its sender reports (RFC 3550, section 6.4.1). */
export class StreamClock {
  readonly #clockRate: number;
  readonly #sender: SenderClock;
  #ntp = Number.NaN;
  #timestamp = 0;

  constructor(clockRate: number, sender: SenderClock) {
    this.#clockRate = clockRate;
    this.#sender = sender;
  }

  /** @param ntp see `ntpMilliseconds()` */
  onSenderReport(ntp: number, timestamp: number, arrival: number): void {
    this.#sender.observe(ntp, arrival);
    this.#ntp = ntp;
    this.#timestamp = timestamp;
  }

  /** Capture time of a timestamp, ms on the SFU's clock; NaN before the first report. */
  captureTime(timestamp: number): number {
    const elapsed = (timestampDistance(this.#timestamp, timestamp) * 1000) / this.#clockRate;
    return this.#sender.toLocal(this.#ntp) + elapsed;
  }

  /** The inverse: the timestamp of what is captured at `time`; NaN before the first report. */
  timestampAt(time: number): number {
    const elapsed = ((time - this.#sender.toLocal(this.#ntp)) * this.#clockRate) / 1000;
    return Number.isFinite(elapsed) ? (this.#timestamp + Math.round(elapsed)) >>> 0 : Number.NaN;
  }
}
