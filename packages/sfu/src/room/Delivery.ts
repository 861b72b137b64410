import { randomInt } from 'node:crypto';
import { BandwidthEstimator, PACKET_OVERHEAD } from '../congestion/BandwidthEstimator.ts';
import type { DownlinkStats } from '../control/stats.ts';
import type { ReportBlock } from '../rtcp/reportBlock.ts';
import type { TransportFeedback } from '../rtcp/transportFeedback.ts';
import { absoluteSendTime } from '../rtp/ExtensionTemplate.ts';
import type { NegotiatedLine } from '../sdp/negotiate.ts';
import { RoundTripTime } from '../send/RoundTripTime.ts';
import { allocateBudget, type BudgetRequest, fits } from './allocateBudget.ts';
import { now } from './clock.ts';
import { DownlinkBudget } from './DownlinkBudget.ts';
import { LossMeter } from './LossMeter.ts';
import { OutgoingSlot, type SlotPorts } from './OutgoingSlot.ts';
import { RateMeter } from './RateMeter.ts';
import { RepairBudget } from './RepairBudget.ts';
import { type Budget, SteadyBudget } from './SteadyBudget.ts';

/** News of a path comes with its feedback, about as often, ms. */
const PERIOD = 50;
/** A probe that is due after a pause of ours is not sent in one go, packets. */
const MOST_PADDING = 64;
/** More room than when it was spent last is worth another look from this much on. */
const NOTEWORTHY = 1.1;
/** Of what a path loses, so much is kept for repairs. */
const REPAIRED = 0.5;

/** ms */
const FULL_QUEUE = 150;

export type DeliveryPorts = Omit<SlotPorts, 'transportSequence'>;

/** All that one peer is sent on one transport: the slots, what the peer reports of them, and what they may cost. */
export class Delivery {
  readonly slots: readonly OutgoingSlot[];
  readonly roundTrip = new RoundTripTime();
  readonly #ports: DeliveryPorts;
  readonly #slotsBySsrc = new Map<number, OutgoingSlot>();
  readonly #rate = new RateMeter();
  readonly #loss = new LossMeter();
  /** Null when the peer gives no transport-wide feedback: then its REMB is all that there is. */
  #estimator: BandwidthEstimator | null;
  readonly #reported = new DownlinkBudget();
  #steady = new SteadyBudget();
  readonly #repairs = new RepairBudget();
  #estimate: number | null = null;
  #bytesMetered = 0;
  #tickedAt = Number.NEGATIVE_INFINITY;
  /** bit/s: all that the peer's view asks for, and what of it was granted, within which budget. */
  #demand = 0;
  #spent = 0;
  #budget: Budget = { keep: 0, begin: 0, raise: 0 };

  /** @param taken an SSRC of ours that no slot may have */
  constructor(lines: readonly NegotiatedLine[], taken: number, ports: DeliveryPorts) {
    this.#ports = ports;
    const received = lines.filter(({ direction }) => direction === 'recvonly');
    this.#estimator = received.some(isNumbered) ? new BandwidthEstimator() : null;
    const numbered: SlotPorts = {
      ...ports,
      send: (packet) => this.#sendNumbered(packet),
      transportSequence: () => this.#estimator?.sequence ?? 0,
    };
    const plain: SlotPorts = { ...ports, transportSequence: () => 0 };
    const ssrcs = new Set([taken]);
    this.slots = received.map((line) => {
      const ssrc = freshSsrc(ssrcs);
      const rtxSsrc = line.codecs.some(({ rtxPayloadType }) => rtxPayloadType !== null)
        ? freshSsrc(ssrcs)
        : null;
      return new OutgoingSlot(line, { ssrc, rtxSsrc }, isNumbered(line) ? numbered : plain);
    });
    for (const slot of this.slots) this.#slotsBySsrc.set(slot.streams.ssrc, slot);
  }

  onReport(block: ReportBlock, time: number): void {
    const slot = this.#slotsBySsrc.get(block.ssrc);
    if (slot === undefined) return;
    slot.onReportBlock(block);
    if (slot.line.kind === 'audio' && !this.#isFull) slot.onLoss(block.fractionLost / 256, true, time);
    this.roundTrip.onReport(block, time);
    const lost = this.#loss.onReport(block, time);
    if (lost !== null) this.#reported.onLoss(lost, this.#rate.bitrate(time), time);
  }

  /** REMB, bit/s. */
  onEstimate(bitrate: number, time: number): void {
    this.#estimate = bitrate;
    this.#reported.onEstimate(bitrate, this.#rate.bitrate(time), time);
  }

  /** What is sent takes another way to the peer from now on. */
  onPathChanged(): void {
    if (this.#estimator === null) return;
    this.#estimator = this.#estimator.onAnotherPath();
    this.#steady = new SteadyBudget();
  }

  onTransportFeedback(feedback: TransportFeedback, time: number): void {
    this.#estimator?.onFeedback(feedback, this.roundTrip.milliseconds, time);
  }

  onNack(ssrc: number, sequenceNumbers: readonly number[], time: number): void {
    const { milliseconds } = this.roundTrip;
    const slot = this.#slotsBySsrc.get(ssrc);
    if (slot === undefined || (slot.line.kind === 'audio' && this.#isFull)) return;
    const most = this.#repairs.available(time);
    this.#repairs.spend(
      slot.retransmit(sequenceNumbers, time, milliseconds, absoluteSendTime(time), most, PACKET_OVERHEAD),
    );
  }

  onKeyFrameRequest(ssrc: number): void {
    this.#slotsBySsrc.get(ssrc)?.onKeyFrameRequest();
  }

  /**
   * To be called every 20 ms or so. True when so much more or less may be spent than last time that it should be spent
   * anew.
   */
  tick(time: number): boolean {
    if (time - this.#tickedAt < PERIOD) return false;
    this.#tickedAt = time;
    this.#meter(time);
    this.#repairs.update(this.#capacity(time), this.#rate.bitrate(time), time);
    const estimator = this.#estimator;
    if (estimator === null || !this.#ports.connected()) return false;
    if (estimator.informed)
      for (const slot of this.slots)
        if (slot.line.kind === 'audio') slot.onLoss(this.#isFull ? 0 : estimator.loss, false, time);
    estimator.tick(this.#carrier() === null ? 0 : this.#demand, time);
    this.#steady.update(this.#capacity(time) * (1 - REPAIRED * estimator.loss), time);
    const { keep, begin, raise } = this.#steady.budget(time);
    const former = this.#budget;
    if (keep < former.keep && !fits(this.#spent, keep)) return true;
    const isMore = begin > former.begin * NOTEWORTHY || raise > former.raise * NOTEWORTHY;
    return this.#spent < this.#demand && isMore;
  }

  /** While this is true, `probe` is to be called every few milliseconds. */
  get isProbing(): boolean {
    return this.#estimator?.probing === true;
  }

  /** Pads what is sent up to the rate that is tried. */
  probe(time: number): void {
    const estimator = this.#estimator;
    const carrier = this.#carrier();
    if (estimator === null || carrier === null) return;
    let due = estimator.probeDue(time);
    for (let packets = 0; due > 0 && packets < MOST_PADDING; packets++) {
      const sent = carrier.pad(absoluteSendTime(time));
      if (sent === 0) return;
      due -= sent + PACKET_OVERHEAD;
    }
  }

  /** Spends what the path carries: for each request the index of its layer, −1: nothing. See `allocateBudget`. */
  spend(audio: number, requests: readonly BudgetRequest[], time: number): number[] {
    const cost = (layers: readonly number[]): number =>
      requests.reduce((sum, { bitrates }, index) => sum + (bitrates[layers[index] ?? -1] ?? 0), audio);
    this.#demand = cost(requests.map(({ bitrates }) => bitrates.length - 1));
    this.#budget = this.#budgetAt(time);
    const former = this.#spent;
    const granted = allocateBudget(this.#budget, audio, requests);
    this.#spent = cost(granted);
    const is = (compare: (layer: number, before: number) => boolean): boolean =>
      requests.some((request, index) =>
        compare(granted[index] ?? -1, Math.min(request.former, request.bitrates.length - 1)),
      );
    if (is((layer, before) => layer < before)) this.#steady.onFall(former, time);
    else if (is((layer, before) => layer > before)) this.#steady.onRaise(time);
    return granted;
  }

  /** Once a second. */
  renew(time: number): void {
    for (const slot of this.slots) slot.expire(time);
  }

  stats(): DownlinkStats {
    const estimator = this.#estimator;
    if (estimator?.informed)
      return {
        estimate: estimator.estimate,
        source: 'transport-cc',
        loss: estimator.loss,
        queueDelay: estimator.queueDelay,
        probing: estimator.probing,
      };
    const estimate = estimator === null ? this.#estimate : null;
    return {
      estimate,
      source: estimate === null ? 'none' : 'remb',
      loss: null,
      queueDelay: null,
      probing: false,
    };
  }

  /** Shows nothing any more. */
  close(): void {
    for (const slot of this.slots) slot.aim(null);
  }

  /** Sound that is sent again on a link with a full queue comes too late, and drives out what comes in time. */
  get #isFull(): boolean {
    return (this.#estimator?.queueDelay ?? 0) > FULL_QUEUE;
  }

  /** bit/s that may be sent now; infinite where nothing speaks against anything. */
  #capacity(time: number): number {
    return this.#estimator?.bitrate(time) ?? this.#reported.bitrate(time);
  }

  #budgetAt(time: number): Budget {
    if (this.#steady.isBegun) return this.#steady.budget(time);
    const bitrate = this.#capacity(time);
    return { keep: bitrate, begin: bitrate, raise: bitrate };
  }

  /** A slot whose retransmission stream can carry padding, of those that show something if there is one. */
  #carrier(): OutgoingSlot | null {
    const able = (slot: OutgoingSlot): boolean => slot.streams.rtxSsrc !== null && isNumbered(slot.line);
    return this.slots.find((slot) => able(slot) && slot.current !== null) ?? this.slots.find(able) ?? null;
  }

  /** Counts what slots send for the first time: repeating it is no measure of what the path is asked to carry. */
  #meter(time: number): void {
    let bytes = 0;
    for (const slot of this.slots) bytes += slot.bytes;
    this.#rate.add(bytes - this.#bytesMetered, time);
    this.#bytesMetered = bytes;
  }

  #sendNumbered(packet: Buffer): boolean {
    if (!this.#ports.send(packet)) return false;
    this.#estimator?.onSent(packet.length, now());
    return true;
  }
}

/** Whether the packets of a line have transport-wide numbers, and feedback comes of them. */
function isNumbered({ extensions }: NegotiatedLine): boolean {
  return extensions.transportSequence !== undefined;
}

function freshSsrc(taken: Set<number>): number {
  for (;;) {
    const ssrc = randomInt(1, 0x1_0000_0000);
    if (taken.has(ssrc)) continue;
    taken.add(ssrc);
    return ssrc;
  }
}
