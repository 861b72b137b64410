import { readUint16, readUint32, writeUint16 } from '../rtp/bytes.ts';
import { sequenceDistance } from '../rtp/serial.ts';
import { newFeedback, RTCP, type RtcpBody } from './header.ts';

export const NACK_FORMAT = 1;

/** Entries (a number and the 16 after it) that one packet may ask for: 1,088 packets, over a second of 720p video. */
const MAX_ENTRIES = 64;

/** Generic NACK (RFC 4585, section 6.2.1). */
export interface Nack {
  readonly type: 'nack';
  readonly senderSsrc: number;
  readonly mediaSsrc: number;
  readonly sequenceNumbers: readonly number[];
}

/** Entries past the limit are ignored: nobody honest asks for so many. */
export function readNack(body: RtcpBody): Nack | null {
  const { bytes, start, end } = body;
  if (start + 12 > end) return null;
  const sequenceNumbers: number[] = [];
  const last = Math.min(end, start + 8 + MAX_ENTRIES * 4);
  for (let at = start + 8; at + 4 <= last; at += 4) {
    const first = readUint16(bytes, at);
    const following = readUint16(bytes, at + 2);
    sequenceNumbers.push(first);
    for (let bit = 0; bit < 16; bit++)
      if ((following & (1 << bit)) !== 0) sequenceNumbers.push((first + bit + 1) & 0xffff);
  }
  const [senderSsrc, mediaSsrc] = [readUint32(bytes, start), readUint32(bytes, start + 4)];
  return { type: 'nack', senderSsrc, mediaSsrc, sequenceNumbers };
}

/** `sequenceNumbers` in ascending serial order, so that neighbours share an entry; at least one. */
export function writeNack(
  senderSsrc: number,
  mediaSsrc: number,
  sequenceNumbers: readonly number[],
): Uint8Array<ArrayBuffer> {
  const entries: { first: number; following: number }[] = [];
  for (const sequence of sequenceNumbers) {
    const entry = entries.at(-1);
    const distance = entry ? sequenceDistance(entry.first, sequence) : 0;
    if (entry && distance === 0) continue;
    if (entry && distance >= 1 && distance <= 16) entry.following |= 1 << (distance - 1);
    else entries.push({ first: sequence, following: 0 });
  }
  const bytes = newFeedback(RTCP.transportFeedback, NACK_FORMAT, senderSsrc, mediaSsrc, entries.length * 4);
  entries.forEach(({ first, following }, index) => {
    writeUint16(bytes, 12 + index * 4, first);
    writeUint16(bytes, 14 + index * 4, following);
  });
  return bytes;
}
