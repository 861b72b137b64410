import { randomInt } from 'node:crypto';
import type { ReportBlock } from '../rtcp/reportBlock.ts';
import { absoluteSendTime } from '../rtp/ExtensionTemplate.ts';
import type { NegotiatedLine } from '../sdp/negotiate.ts';
import { RoundTripTime } from '../send/RoundTripTime.ts';
import { DownlinkBudget } from './DownlinkBudget.ts';
import { LossMeter } from './LossMeter.ts';
import { OutgoingSlot, type SlotPorts } from './OutgoingSlot.ts';
import { RateMeter } from './RateMeter.ts';

/** Packets that are sent again for one peer in a second: at most this share of those of the second before, or so many. */
const RETRANSMITTED_SHARE = 0.3;
const LEAST_ALLOWANCE = 30;

/** All that one peer is sent on one transport: the slots, and what the peer reports of them. */
export class Delivery {
  readonly slots: readonly OutgoingSlot[];
  /** What may be sent to this peer. */
  readonly budget = new DownlinkBudget();
  readonly roundTrip = new RoundTripTime();
  readonly #slotsBySsrc = new Map<number, OutgoingSlot>();
  readonly #rate = new RateMeter();
  readonly #loss = new LossMeter();
  #estimate: number | null = null;
  #bytesMetered = 0;
  /** Retransmissions that may still be sent in this second. */
  #allowance = LEAST_ALLOWANCE;
  #packetsAllowed = 0;

  /** @param taken an SSRC of ours that no slot may have */
  constructor(lines: readonly NegotiatedLine[], taken: number, ports: SlotPorts) {
    const ssrcs = new Set([taken]);
    this.slots = lines
      .filter(({ direction }) => direction === 'recvonly')
      .map((line) => {
        const ssrc = freshSsrc(ssrcs);
        const rtxSsrc = line.codec.rtxPayloadType === null ? null : freshSsrc(ssrcs);
        return new OutgoingSlot(line, { ssrc, rtxSsrc }, ports);
      });
    for (const slot of this.slots) this.#slotsBySsrc.set(slot.streams.ssrc, slot);
  }

  /** REMB, bit/s; null before the first. */
  get estimate(): number | null {
    return this.#estimate;
  }

  onReport(block: ReportBlock, time: number): void {
    const slot = this.#slotsBySsrc.get(block.ssrc);
    if (slot === undefined) return;
    slot.onReportBlock(block);
    this.roundTrip.onReport(block, time);
    const lost = this.#loss.onReport(block, time);
    if (lost !== null) this.budget.onLoss(lost, this.#rate.bitrate(time), time);
  }

  onEstimate(bitrate: number, time: number): void {
    this.#estimate = bitrate;
    this.budget.onEstimate(bitrate, this.#rate.bitrate(time), time);
  }

  onNack(ssrc: number, sequenceNumbers: readonly number[], time: number): void {
    const { milliseconds } = this.roundTrip;
    const slot = this.#slotsBySsrc.get(ssrc);
    if (slot === undefined) return;
    const sendTime = absoluteSendTime(time);
    this.#allowance -= slot.retransmit(sequenceNumbers, time, milliseconds, sendTime, this.#allowance);
  }

  onKeyFrameRequest(ssrc: number): void {
    this.#slotsBySsrc.get(ssrc)?.onKeyFrameRequest();
  }

  /** Counts what slots send for the first time: repeating it is no measure of what the path is asked to carry. */
  meter(time: number): void {
    let bytes = 0;
    for (const slot of this.slots) bytes += slot.bytes;
    this.#rate.add(bytes - this.#bytesMetered, time);
    this.#bytesMetered = bytes;
  }

  /** Once a second. On a path that is too narrow, retransmissions must not drive out what they repair. */
  renew(time: number): void {
    let packets = 0;
    for (const slot of this.slots) {
      packets += slot.packets;
      slot.expire(time);
    }
    this.#allowance = Math.max(LEAST_ALLOWANCE, (packets - this.#packetsAllowed) * RETRANSMITTED_SHARE);
    this.#packetsAllowed = packets;
  }

  /** Shows nothing any more. */
  close(): void {
    for (const slot of this.slots) slot.aim(null);
  }
}

function freshSsrc(taken: Set<number>): number {
  for (;;) {
    const ssrc = randomInt(1, 0x1_0000_0000);
    if (taken.has(ssrc)) continue;
    taken.add(ssrc);
    return ssrc;
  }
}
