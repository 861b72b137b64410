import { SequenceUnwrapper, sequenceDistance } from '../rtp/serial.ts';

/** Room for the packet to come late instead of never, ms. */
const REORDERING = 10;
/** The same packet is asked for again after the round trip and this, ms. */
const RETRY_MARGIN = 10;
const MAX_RETRIES = 10;
/** Of pictures. */
const MAX_AGE = 2_000;
/** Missing at once; beyond it a key frame is cheaper than all of them. */
const MAX_MISSING = 500;
/** Asked for in one go. */
const MAX_REQUEST = 200;
/**
 * Missing packets that each packet which came pays for. A path that loses two of three is past repair; and whoever leaps
 * ahead with every packet must not have us note hundreds of numbers for each.
 */
const CREDIT = 2;

interface Missing {
  readonly since: number;
  retries: number;
  askedAt: number;
}

const NOTHING: readonly number[] = Object.freeze([]);

/**
 * Finds the gaps of one incoming stream and says when to ask for what (RFC 4585, section 6.2.1). A packet that does not
 * come after ten requests or two seconds is given up, and with it the frame: then a key frame is needed.
 */
export class NackGenerator {
  #unwrapper = new SequenceUnwrapper();
  /** By extended sequence number, in ascending order. */
  readonly #missing = new Map<number, Missing>();
  #needsKeyFrame = false;
  #credit = MAX_MISSING;
  readonly #maxAge: number;

  /** @param maxAge ms after which a packet is of no use any more */
  constructor(maxAge = MAX_AGE) {
    this.#maxAge = maxAge;
  }

  get missing(): number {
    return this.#missing.size;
  }

  /** Every packet of the stream, padding and repaired ones too; duplicates do no harm. */
  receive(sequence: number, now: number): void {
    const newest = this.#unwrapper.newest;
    if (newest === null) {
      this.#unwrapper.unwrap(sequence);
      return;
    }
    const ahead = sequenceDistance(newest & 0xffff, sequence);
    if (ahead > MAX_MISSING || ahead < -2 * MAX_MISSING) {
      this.#restart(sequence);
      return;
    }
    const extended = this.#unwrapper.unwrap(sequence);
    if (ahead <= 0) {
      if (this.#missing.size > 0) this.#missing.delete(extended);
      return;
    }
    const gaps = ahead - 1;
    this.#credit = Math.min(MAX_MISSING, this.#credit + CREDIT);
    if (gaps > this.#credit || gaps + this.#missing.size > MAX_MISSING) {
      this.#giveUpAll();
      return;
    }
    this.#credit -= gaps;
    for (let gap = newest + 1; gap < extended; gap++)
      this.#missing.set(gap, { since: now, retries: 0, askedAt: 0 });
  }

  /** Everything before the start of a key frame is no longer needed. */
  onKeyFrame(sequence: number): void {
    this.#needsKeyFrame = false;
    if (this.#missing.size === 0) return;
    const newest = this.#unwrapper.newest ?? 0;
    const start = newest + sequenceDistance(newest & 0xffff, sequence);
    for (const gap of this.#missing.keys()) {
      if (gap >= start) break;
      this.#missing.delete(gap);
    }
  }

  /**
   * The sequence numbers to ask for now, ascending. To be called every 10 to 20 ms.
   * @param roundTripTime to the sender, ms
   */
  due(now: number, roundTripTime: number): readonly number[] {
    if (this.#missing.size === 0) return NOTHING;
    const numbers: number[] = [];
    for (const [gap, missing] of this.#missing) {
      if (now - missing.since < REORDERING) continue;
      const waits = missing.retries > 0 && now - missing.askedAt < roundTripTime + RETRY_MARGIN;
      if (now - missing.since > this.#maxAge || (missing.retries >= MAX_RETRIES && !waits)) {
        this.#missing.delete(gap);
        this.#needsKeyFrame = true;
        continue;
      }
      if (waits) continue;
      if (numbers.length === MAX_REQUEST) break;
      missing.retries += 1;
      missing.askedAt = now;
      numbers.push(gap & 0xffff);
    }
    return numbers;
  }

  /** True once after something was given up that no key frame has made good since. */
  takeKeyFrameNeed(): boolean {
    const needs = this.#needsKeyFrame;
    this.#needsKeyFrame = false;
    return needs;
  }

  #restart(sequence: number): void {
    this.#unwrapper.reset();
    this.#unwrapper.unwrap(sequence);
    this.#giveUpAll();
  }

  #giveUpAll(): void {
    this.#missing.clear();
    this.#needsKeyFrame = true;
  }
}
