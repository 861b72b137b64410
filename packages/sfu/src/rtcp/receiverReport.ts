import { readUint32, writeUint32 } from '../rtp/bytes.ts';
import { newRtcp, RTCP, type RtcpBody } from './header.ts';
import {
  assertReportCount,
  REPORT_BLOCK_LENGTH,
  type ReportBlock,
  readReportBlocks,
  writeReportBlocks,
} from './reportBlock.ts';

/** RFC 3550, section 6.4.2. */
export interface ReceiverReport {
  readonly type: 'receiver-report';
  readonly ssrc: number;
  readonly reports: readonly ReportBlock[];
}

export function readReceiverReport(body: RtcpBody): ReceiverReport | null {
  if (body.start + 4 > body.end) return null;
  const reports = readReportBlocks(body, body.start + 4);
  return reports === null
    ? null
    : { type: 'receiver-report', ssrc: readUint32(body.bytes, body.start), reports };
}

/** @throws RangeError with more than 31 report blocks */
export function writeReceiverReport(ssrc: number, reports: readonly ReportBlock[]): Uint8Array<ArrayBuffer> {
  assertReportCount(reports);
  const bytes = newRtcp(RTCP.receiverReport, reports.length, 4 + reports.length * REPORT_BLOCK_LENGTH);
  writeUint32(bytes, 4, ssrc);
  writeReportBlocks(bytes, 8, reports);
  return bytes;
}
