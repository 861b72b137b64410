import { readUint24, readUint32, writeUint24, writeUint32 } from '../rtp/bytes.ts';
import { newFeedback, RTCP, type RtcpBody } from './header.ts';

export const APPLICATION_FORMAT = 15;
const REMB = 0x52454d42;

/** REMB (draft-alvestrand-rmcat-remb-03, section 2.2): what the receiver thinks the path to it carries. */
export interface ReceiverEstimatedBitrate {
  readonly type: 'receiver-estimated-bitrate';
  readonly senderSsrc: number;
  /** bit/s */
  readonly bitrate: number;
  readonly ssrcs: readonly number[];
}

/** Null for other application-layer feedback and for a wrong list length. */
export function readReceiverEstimatedBitrate(body: RtcpBody): ReceiverEstimatedBitrate | null {
  const { bytes, start, end } = body;
  if (start + 16 > end || readUint32(bytes, start + 8) !== REMB) return null;
  const count = bytes[start + 12] ?? 0;
  if (start + 16 + count * 4 > end) return null;
  const packed = readUint24(bytes, start + 13);
  const bitrate = (packed & 0x3ffff) * 2 ** (packed >> 18);
  const ssrcs: number[] = [];
  for (let index = 0; index < count; index++) ssrcs.push(readUint32(bytes, start + 16 + index * 4));
  return { type: 'receiver-estimated-bitrate', senderSsrc: readUint32(bytes, start), bitrate, ssrcs };
}

/** The bitrate loses all but its top 18 bits, rounded down. At most 255 SSRCs. */
export function writeReceiverEstimatedBitrate(
  senderSsrc: number,
  bitrate: number,
  ssrcs: readonly number[],
): Uint8Array<ArrayBuffer> {
  const listed = ssrcs.slice(0, 255);
  const bytes = newFeedback(RTCP.payloadFeedback, APPLICATION_FORMAT, senderSsrc, 0, 8 + listed.length * 4);
  let mantissa = Math.max(0, Math.floor(bitrate));
  let exponent = 0;
  while (mantissa > 0x3ffff && exponent < 63) {
    mantissa = Math.floor(mantissa / 2);
    exponent += 1;
  }
  writeUint32(bytes, 12, REMB);
  bytes[16] = listed.length;
  writeUint24(bytes, 17, (exponent << 18) | Math.min(mantissa, 0x3ffff));
  listed.forEach((ssrc, index) => {
    writeUint32(bytes, 20 + index * 4, ssrc);
  });
  return bytes;
}
