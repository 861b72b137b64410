import { readUint24, readUint32, writeUint24, writeUint32 } from '../rtp/bytes.ts';
import type { RtcpBody } from './header.ts';

/** A reception report block (RFC 3550, section 6.4.1). */
export interface ReportBlock {
  readonly ssrc: number;
  /** Loss since the former report, in 1/256. */
  readonly fractionLost: number;
  /** Packets lost over all, −2²³…2²³−1: duplicates can make it negative. */
  readonly cumulativeLost: number;
  /** Highest sequence number received, extended by its cycles to 32 bits. */
  readonly highestSequence: number;
  /** Timestamp ticks. */
  readonly jitter: number;
  /** Middle 32 bits of the NTP time of the last sender report; 0 without one. */
  readonly lastSenderReport: number;
  /** 1/65536 s from that report to this one. */
  readonly delaySinceLastSenderReport: number;
}

export const REPORT_BLOCK_LENGTH = 24;

export function readReportBlocks(body: RtcpBody, from: number): ReportBlock[] | null {
  if (from + body.count * REPORT_BLOCK_LENGTH > body.end) return null;
  const { bytes } = body;
  const blocks: ReportBlock[] = [];
  for (let index = 0; index < body.count; index++) {
    const at = from + index * REPORT_BLOCK_LENGTH;
    blocks.push({
      ssrc: readUint32(bytes, at),
      fractionLost: bytes[at + 4] ?? 0,
      cumulativeLost: (readUint24(bytes, at + 5) << 8) >> 8,
      highestSequence: readUint32(bytes, at + 8),
      jitter: readUint32(bytes, at + 12),
      lastSenderReport: readUint32(bytes, at + 16),
      delaySinceLastSenderReport: readUint32(bytes, at + 20),
    });
  }
  return blocks;
}

export function writeReportBlocks(bytes: Uint8Array, from: number, blocks: readonly ReportBlock[]): void {
  let at = from;
  for (const block of blocks) {
    writeUint32(bytes, at, block.ssrc);
    bytes[at + 4] = block.fractionLost;
    writeUint24(bytes, at + 5, block.cumulativeLost);
    writeUint32(bytes, at + 8, block.highestSequence);
    writeUint32(bytes, at + 12, block.jitter);
    writeUint32(bytes, at + 16, block.lastSenderReport);
    writeUint32(bytes, at + 20, block.delaySinceLastSenderReport);
    at += REPORT_BLOCK_LENGTH;
  }
}

/** At most 31 blocks fit the count field; more go into further packets. */
export const MAX_REPORT_BLOCKS = 31;
export function assertReportCount(blocks: readonly ReportBlock[]): void {
  if (blocks.length > MAX_REPORT_BLOCKS) throw new RangeError('more than 31 report blocks');
}
