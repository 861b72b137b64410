import { writeUint16, writeUint32 } from './bytes.ts';

/** Writes the 12 bytes of a fixed header without CSRCs at the start of `target`; returns 12. The values are masked to their fields. */
export function writeRtpHeader(
  target: Uint8Array,
  hasExtensions: boolean,
  marker: boolean,
  payloadType: number,
  sequenceNumber: number,
  timestamp: number,
  ssrc: number,
): number {
  target[0] = hasExtensions ? 0x90 : 0x80;
  target[1] = (payloadType & 0x7f) | (marker ? 0x80 : 0);
  writeUint16(target, 2, sequenceNumber);
  writeUint32(target, 4, timestamp);
  writeUint32(target, 8, ssrc);
  return 12;
}

/** Appends RTP padding (RFC 3550, section 5.1) of 1 to 255 bytes to a packet that ends at `end`; returns the new end. */
export function writePadding(target: Uint8Array, end: number, length: number): number {
  target[0] = (target[0] ?? 0) | 0x20;
  target.fill(0, end, end + length - 1);
  target[end + length - 1] = length;
  return end + length;
}
