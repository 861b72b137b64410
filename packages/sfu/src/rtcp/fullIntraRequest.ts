import { readUint32, writeUint32 } from '../rtp/bytes.ts';
import { newFeedback, RTCP, type RtcpBody } from './header.ts';

export const FIR_FORMAT = 4;
const MAX_ENTRIES = 64;

export interface FullIntraEntry {
  readonly ssrc: number;
  /** Command number, 8 bits: a repetition has the same one. */
  readonly sequence: number;
}

/** FIR (RFC 5104, section 4.3.1). */
export interface FullIntraRequest {
  readonly type: 'full-intra-request';
  readonly senderSsrc: number;
  readonly entries: readonly FullIntraEntry[];
}

export function readFullIntraRequest(body: RtcpBody): FullIntraRequest | null {
  const { bytes, start, end } = body;
  if (start + 16 > end) return null;
  const entries: FullIntraEntry[] = [];
  for (let at = start + 8; at + 8 <= end && entries.length < MAX_ENTRIES; at += 8)
    entries.push({ ssrc: readUint32(bytes, at), sequence: bytes[at + 4] ?? 0 });
  return { type: 'full-intra-request', senderSsrc: readUint32(bytes, start), entries };
}

export function writeFullIntraRequest(
  senderSsrc: number,
  entries: readonly FullIntraEntry[],
): Uint8Array<ArrayBuffer> {
  const bytes = newFeedback(RTCP.payloadFeedback, FIR_FORMAT, senderSsrc, 0, entries.length * 8);
  entries.forEach(({ ssrc, sequence }, index) => {
    writeUint32(bytes, 12 + index * 8, ssrc);
    bytes[16 + index * 8] = sequence;
  });
  return bytes;
}
