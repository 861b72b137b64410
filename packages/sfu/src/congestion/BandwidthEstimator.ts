import type { TransportFeedback } from '../rtcp/transportFeedback.ts';
import { AcknowledgedBitrate } from './AcknowledgedBitrate.ts';
import { FeedbackMatcher } from './FeedbackMatcher.ts';
import { LossBound } from './LossBound.ts';
import { OveruseDetector, type Usage } from './OveruseDetector.ts';
import { PacketGroups } from './PacketGroups.ts';
import { ProbeCluster } from './ProbeCluster.ts';
import { ProbeControl } from './ProbeControl.ts';
import { QueueDelay } from './QueueDelay.ts';
import { RateControl } from './RateControl.ts';
import { SentPackets } from './SentPackets.ts';
import { Trendline } from './Trendline.ts';

/** Before anything is known of a path, bit/s. */
export const START_BITRATE = 1_000_000;
/** A voice. */
const LEAST_BITRATE = 30_000;
/** Of a packet outside RTP: IPv4, UDP and the SRTP tag, bytes. */
export const PACKET_OVERHEAD = 44;
/** A probe whose feedback has not come after this long has failed, ms. */
const PROBE_TIMEOUT = 1_000;
/** The queue that a probe has made is gone after this, ms. */
const PROBE_SHADOW = 500;
/** Packets go out and no feedback comes for this long, ms: the path is broken, or worse. */
const SILENCE = 3_000;
const SILENCE_STEP = 1_000;
const SILENCE_PACKETS = 20;
/** After overuse the queue is to be empty again in about this time, ms. */
const DRAIN_TIME = 1_500;
const DRAIN_WINDOW = 3_000;
const MOST_DRAINED = 0.7;
/** The least queue that overuse makes, ms, beside so many times the jitter. */
const LEAST_QUEUE = 10;
const NOISE = 2;
/** A queue that is full: so long, ms, and losing so much. */
const FULL_QUEUE = 150;
const FULL_LOSS = 0.05;
/** A queue that is none, ms. */
const NO_QUEUE = 30;

/**
 * How much may be sent to one receiver, from its transport-wide feedback: draft-ietf-rmcat-gcc-02 with what libwebrtc has
 * added to it, for a sender that forwards media as it comes. It has no clock and sends nothing; times are ms of the
 * caller's clock, rates bit/s with everything that IP carries.
 */
export class BandwidthEstimator {
  readonly #sent: SentPackets;
  readonly #matcher: FeedbackMatcher;
  readonly #groups = new PacketGroups();
  readonly #trendline = new Trendline();
  readonly #detector = new OveruseDetector();
  readonly #acknowledged = new AcknowledgedBitrate();
  readonly #rate: RateControl;
  readonly #loss = new LossBound();
  readonly #queue = new QueueDelay();
  readonly #probing = new ProbeControl();
  #probe: ProbeCluster | null = null;
  #probeId = 0;
  #probeBytes = 0;
  #probedAt = Number.NEGATIVE_INFINITY;
  #epoch = 0;
  #overusedAt = Number.NEGATIVE_INFINITY;
  #feedbackAt = Number.NaN;
  #sentAtFeedback = 0;
  #feedbacks = 0;

  /** @param first transport-wide number of the first packet, counted without wrapping */
  constructor(start = START_BITRATE, first = 0) {
    this.#sent = new SentPackets(first);
    this.#matcher = new FeedbackMatcher(this.#sent);
    this.#rate = new RateControl(start, LEAST_BITRATE);
    this.#sentAtFeedback = first;
  }

  /**
   * For another path to the same receiver: the numbers go on, and what gets lost on the former path says nothing of this
   * one. It is the same network more often than not, so half of what was found is where the search begins.
   */
  onAnotherPath(): BandwidthEstimator {
    const { estimate } = this;
    return new BandwidthEstimator(Math.max(estimate / 2, Math.min(estimate, START_BITRATE)), this.#sent.next);
  }

  /** The transport-wide number of the packet that is sent next, 16 bits. */
  get sequence(): number {
    return this.#sent.next & 0xffff;
  }

  /** A packet has been sent with `sequence`. @param length of RTP */
  onSent(length: number, now: number): void {
    const size = length + PACKET_OVERHEAD;
    const probe = this.#probe?.sending ? this.#probe : null;
    if (probe !== null) {
      probe.onSent(this.#sent.next, size, now);
      this.#probeBytes += size;
      this.#probedAt = now;
    }
    this.#sent.add(size, now, probe === null ? 0 : probe.id);
  }

  /** What the path carries, as far as it is known. */
  get estimate(): number {
    return Math.max(LEAST_BITRATE, Math.min(this.#rate.bitrate, this.#loss.bitrate));
  }

  /** What may be sent now: after overuse less than the estimate, until the queue is empty. */
  bitrate(now: number): number {
    const { estimate } = this;
    const waiting = this.#queue.milliseconds - NO_QUEUE;
    if (waiting <= 0 || now - this.#overusedAt > DRAIN_WINDOW) return estimate;
    return estimate * (1 - Math.min(MOST_DRAINED, waiting / DRAIN_TIME));
  }

  /** The share of packets that gets lost, 0 to 1. */
  get loss(): number {
    return this.#loss.loss;
  }

  /** Delay in queues, ms. */
  get queueDelay(): number {
    return this.#queue.milliseconds;
  }

  get usage(): Usage {
    return this.#detector.usage;
  }

  /** True once a feedback has come. */
  get informed(): boolean {
    return this.#feedbacks > 0;
  }

  /** True while a probe is being sent: `probeDue` is to be asked every few milliseconds. */
  get probing(): boolean {
    return this.#probe?.sending === true;
  }

  /** @param roundTrip ms */
  onFeedback(feedback: TransportFeedback, roundTrip: number, now: number): void {
    const matcher = this.#matcher;
    matcher.match(feedback, now);
    if (matcher.epoch !== this.#epoch) this.#restart();
    if (matcher.count > 0) {
      this.#feedbackAt = now;
      this.#sentAtFeedback = this.#sent.next;
      this.#feedbacks += 1;
      this.#read();
    }
    const { bitrate: acknowledged } = this.#acknowledged;
    this.#loss.add(matcher.verdicts, this.#rate.bitrate, acknowledged, now);
    if (matcher.count === 0) return;
    const usage = this.#judge(now);
    if (usage === 'overuse') this.#overusedAt = now;
    this.#rate.update(usage, acknowledged, roundTrip, now);
  }

  /**
   * To be called every 20 ms or so. True when a probe begins.
   * @param demand bit/s that would be sent if the path carried everything
   */
  tick(demand: number, now: number): boolean {
    this.#listen(now);
    const probe = this.#probe;
    if (probe !== null) {
      if (now - probe.startedAt < PROBE_TIMEOUT) return false;
      this.#finish(probe, now);
    }
    const target = this.#probing.next(this.estimate, demand, this.#overusedAt, now);
    if (target === 0) return false;
    this.#probeId = (this.#probeId % 255) + 1;
    this.#probeBytes = 0;
    this.#probe = new ProbeCluster(this.#probeId, target, this.#trendline.noise, now);
    return true;
  }

  /** Bytes of padding that the probe needs now, with `PACKET_OVERHEAD` of each packet; 0 or less: none. */
  probeDue(now: number): number {
    return this.#probe?.due(now) ?? 0;
  }

  #read(): void {
    const matcher = this.#matcher;
    const sent = this.#sent;
    const probe = this.#probe;
    let newest = -1;
    for (let index = 0; index < matcher.count; index++) {
      const number = matcher.number(index);
      const arrival = matcher.arrival(index);
      const time = sent.time(number);
      const size = sent.size(number);
      newest = Math.max(newest, number);
      this.#acknowledged.add(time, arrival, size);
      this.#queue.add(time, arrival);
      const probed = sent.probe(number);
      if (probed !== 0) {
        // A probe makes a queue on purpose.
        if (probed === probe?.id) probe.onReceived(size, arrival);
      } else if (this.#groups.add(time, arrival)) this.#onGroup();
    }
    if (probe !== null && !probe.sending && newest >= probe.last) this.#finish(probe, this.#feedbackAt);
  }

  /**
   * A trend is only believed when there is a queue that jitter does not explain; and a queue that has grown as long as it
   * can has no trend any more, but it loses packets.
   */
  #judge(now: number): Usage {
    const { usage } = this.#detector;
    const waiting = this.#queue.milliseconds - this.#probeQueue(now);
    if (usage === 'overuse') return waiting > LEAST_QUEUE + this.#trendline.noise * NOISE ? usage : 'normal';
    return usage === 'normal' && waiting > FULL_QUEUE && this.#loss.loss > FULL_LOSS ? 'overuse' : usage;
  }

  /** How long a queue the last probe can have made, ms. */
  #probeQueue(now: number): number {
    return now - this.#probedAt < PROBE_SHADOW ? (this.#probeBytes * 8_000) / this.estimate : 0;
  }

  #onGroup(): void {
    const { variation, arrival, sendDelta } = this.#groups;
    this.#trendline.add(variation, arrival);
    this.#detector.onTrend(this.#trendline.trend, sendDelta, arrival);
  }

  #finish(probe: ProbeCluster, now: number): void {
    this.#probe = null;
    const result = probe.result();
    this.#probing.onResult(probe.target, result);
    if (result !== null && this.#detector.usage !== 'overuse') this.#rate.prove(result, now);
  }

  /** Packets that nobody acknowledges for seconds: whatever was known of the path is not known any more. */
  #listen(now: number): void {
    if (Number.isNaN(this.#feedbackAt)) this.#feedbackAt = now;
    if (this.#sent.next - this.#sentAtFeedback < SILENCE_PACKETS) {
      if (this.#sent.next === this.#sentAtFeedback) this.#feedbackAt = now;
      return;
    }
    if (now - this.#feedbackAt < SILENCE) return;
    this.#feedbackAt += SILENCE_STEP;
    this.#rate.limit(this.#rate.bitrate / 2, now);
  }

  /** The receiver's clock has jumped: what came before cannot be compared with what comes. */
  #restart(): void {
    this.#epoch = this.#matcher.epoch;
    this.#groups.reset();
    this.#trendline.reset();
    this.#detector.reset();
    this.#acknowledged.reset();
    this.#queue.reset();
    this.#probe = null;
  }
}
