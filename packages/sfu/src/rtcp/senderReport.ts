import { readUint32, writeUint32 } from '../rtp/bytes.ts';
import { newRtcp, RTCP, type RtcpBody } from './header.ts';
import type { NtpTime } from './ntp.ts';
import {
  assertReportCount,
  REPORT_BLOCK_LENGTH,
  type ReportBlock,
  readReportBlocks,
  writeReportBlocks,
} from './reportBlock.ts';

/** RFC 3550, section 6.4.1. */
export interface SenderReport {
  readonly type: 'sender-report';
  readonly ssrc: number;
  /** Wall clock and stream clock of the same instant. */
  readonly ntp: NtpTime;
  readonly rtpTimestamp: number;
  /** Since the start, modulo 2³²; octets without headers and padding. */
  readonly packetCount: number;
  readonly octetCount: number;
  readonly reports: readonly ReportBlock[];
}

export function readSenderReport(body: RtcpBody): SenderReport | null {
  const { bytes, start } = body;
  if (start + 24 > body.end) return null;
  const reports = readReportBlocks(body, start + 24);
  if (reports === null) return null;
  return {
    type: 'sender-report',
    ssrc: readUint32(bytes, start),
    ntp: { seconds: readUint32(bytes, start + 4), fraction: readUint32(bytes, start + 8) },
    rtpTimestamp: readUint32(bytes, start + 12),
    packetCount: readUint32(bytes, start + 16),
    octetCount: readUint32(bytes, start + 20),
    reports,
  };
}

/** @throws RangeError with more than 31 report blocks */
export function writeSenderReport(report: Omit<SenderReport, 'type'>): Uint8Array<ArrayBuffer> {
  assertReportCount(report.reports);
  const bytes = newRtcp(
    RTCP.senderReport,
    report.reports.length,
    24 + report.reports.length * REPORT_BLOCK_LENGTH,
  );
  writeUint32(bytes, 4, report.ssrc);
  writeUint32(bytes, 8, report.ntp.seconds);
  writeUint32(bytes, 12, report.ntp.fraction);
  writeUint32(bytes, 16, report.rtpTimestamp);
  writeUint32(bytes, 20, report.packetCount);
  writeUint32(bytes, 24, report.octetCount);
  writeReportBlocks(bytes, 28, report.reports);
  return bytes;
}
