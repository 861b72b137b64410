/** How long a probe lasts, ms: the longer, the more its packets are jumbled on their way. And the least that it consists of. */
const DURATION = 20;
const JITTER_FACTOR = 6;
const LONGEST_DURATION = 200;
const LEAST_BYTES = 1_000;
const LEAST_PACKETS = 5;
/** A timer that was late does not make a probe into a burst: it ends with less after so many times its duration. */
const OVERDUE = 4;
/** Of what was sent, so much must have come. */
const LEAST_RECEIVED = 0.6;
/** A path that delivers less than this share of the rate is full: then its rate is known, and a little less is used. */
const FULL = 0.9;
const UTILISED = 0.95;
/** Delivered faster than sent by more than this: the packets were held up and let go together, and say nothing. */
const MOST_COMPRESSED = 2;

/**
 * One probe: for some milliseconds everything that is sent, media and padding together, is sent at a rate to be tried,
 * and the rate at which it arrives is measured.
 */
export class ProbeCluster {
  /** 1 to 255, marks its packets in the history. */
  readonly id: number;
  /** bit/s to be tried. */
  readonly target: number;
  readonly startedAt: number;
  /** Transport-wide number of its last packet. */
  last = -1;
  readonly #duration: number;
  readonly #goal: number;
  #sentPackets = 0;
  #sentBytes = 0;
  #firstSent = Number.NaN;
  #lastSent = 0;
  #lastSentSize = 0;
  #received = 0;
  #receivedBytes = 0;
  #firstArrival = Number.POSITIVE_INFINITY;
  #firstArrivalSize = 0;
  #lastArrival = Number.NEGATIVE_INFINITY;
  #sending = true;

  /** @param jitter of the path, ms */
  constructor(id: number, target: number, jitter: number, now: number) {
    this.id = id;
    this.target = target;
    this.startedAt = now;
    this.#duration = Math.min(LONGEST_DURATION, DURATION + JITTER_FACTOR * jitter);
    this.#goal = Math.max(LEAST_BYTES, (target * this.#duration) / 8_000);
  }

  get sending(): boolean {
    return this.#sending;
  }

  /** Bytes that are to be sent now, beside the media; to be called every few milliseconds while `sending`. */
  due(now: number): number {
    const elapsed = now - this.startedAt;
    const complete = this.#sentBytes >= this.#goal && this.#sentPackets >= LEAST_PACKETS;
    if (complete || elapsed > this.#duration * OVERDUE) this.#sending = false;
    if (!this.#sending) return 0;
    return (this.target * elapsed) / 8_000 - this.#sentBytes;
  }

  onSent(number: number, size: number, now: number): void {
    if (this.#sentPackets === 0) this.#firstSent = now;
    this.#sentPackets += 1;
    this.#sentBytes += size;
    this.#lastSent = now;
    this.#lastSentSize = size;
    this.last = number;
  }

  onReceived(size: number, arrival: number): void {
    this.#received += 1;
    this.#receivedBytes += size;
    if (arrival < this.#firstArrival) {
      this.#firstArrival = arrival;
      this.#firstArrivalSize = size;
    }
    this.#lastArrival = Math.max(this.#lastArrival, arrival);
  }

  /** bit/s that got through, never more than were sent; null when too little came to tell. */
  result(): number | null {
    if (this.#received < this.#sentPackets * LEAST_RECEIVED || this.#received < LEAST_PACKETS - 1)
      return null;
    const sendTime = this.#lastSent - this.#firstSent;
    const receiveTime = this.#lastArrival - this.#firstArrival;
    if (!(sendTime > 0) || !(receiveTime > 0)) return null;
    const sendRate = ((this.#sentBytes - this.#lastSentSize) * 8_000) / sendTime;
    const receiveRate = ((this.#receivedBytes - this.#firstArrivalSize) * 8_000) / receiveTime;
    if (receiveRate > MOST_COMPRESSED * sendRate) return null;
    const rate = receiveRate < FULL * sendRate ? receiveRate * UTILISED : Math.min(sendRate, receiveRate);
    return Math.min(rate, this.target);
  }
}
