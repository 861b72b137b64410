import { readUint16, writeUint16, writeUint32 } from '../rtp/bytes.ts';

/** RTCP packet types (RFC 3550, 4585). */
export const RTCP = {
  senderReport: 200,
  receiverReport: 201,
  sourceDescription: 202,
  bye: 203,
  transportFeedback: 205,
  payloadFeedback: 206,
} as const;

/** One packet of a compound: `bytes[start, end)` is its body after the four-byte header, padding taken off. */
export interface RtcpBody {
  readonly bytes: Uint8Array;
  /** Report count, source count or feedback message type: the five bits after version and padding. */
  readonly count: number;
  readonly type: number;
  readonly start: number;
  readonly end: number;
}

/** Packets that one compound may hold: browsers send up to about ten. */
const MAX_PACKETS = 64;

/**
 * Splits a compound packet (RFC 3550, section 6.1; reduced size: RFC 5506) by its lengths. Null when the lengths do not
 * add up to exactly the datagram, for then nothing in it can be trusted.
 */
export function splitRtcp(bytes: Uint8Array): RtcpBody[] | null {
  const bodies: RtcpBody[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 4 > bytes.length || bodies.length === MAX_PACKETS) return null;
    const first = bytes[at] ?? 0;
    if (first >> 6 !== 2) return null;
    const next = at + 4 + readUint16(bytes, at + 2) * 4;
    if (next > bytes.length) return null;
    let end = next;
    if ((first & 0x20) !== 0) {
      const padding = bytes[next - 1] ?? 0;
      // RFC 3550 wants multiples of four; browsers pad transport-wide feedback by one to three bytes.
      if (padding === 0 || next - padding < at + 4) return null;
      end = next - padding;
    }
    bodies.push({ bytes, count: first & 0x1f, type: bytes[at + 1] ?? 0, start: at + 4, end });
    at = next;
  }
  return bodies.length === 0 ? null : bodies;
}

/** A new packet with its header written; the body, a multiple of four bytes, begins at 4. */
export function newRtcp(type: number, count: number, bodyLength: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 + bodyLength);
  bytes[0] = 0x80 | count;
  bytes[1] = type;
  writeUint16(bytes, 2, bodyLength / 4);
  return bytes;
}

/** A new feedback packet (RFC 4585, section 6.1); its control information begins at 12. */
export function newFeedback(
  type: number,
  format: number,
  senderSsrc: number,
  mediaSsrc: number,
  informationLength: number,
): Uint8Array<ArrayBuffer> {
  const bytes = newRtcp(type, format, 8 + informationLength);
  writeUint32(bytes, 4, senderSsrc);
  writeUint32(bytes, 8, mediaSsrc);
  return bytes;
}

/** Puts packets into one compound datagram. */
export function joinRtcp(packets: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(packets.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const packet of packets) {
    joined.set(packet, at);
    at += packet.length;
  }
  return joined;
}
