import { readUint16, readUint24, readUint32 } from './bytes.ts';
import { EXTENSION, type ExtensionTable } from './HeaderExtensions.ts';
import { RtpPacket } from './RtpPacket.ts';

const FIXED_HEADER = 12;
const ONE_BYTE_PROFILE = 0xbede;
const TWO_BYTE_PROFILE = 0x1000;

/** RTCP shares the transport with RTP and is known by its packet type, 192 to 223 (RFC 5761, section 4). */
export function isRtcp(bytes: Uint8Array): boolean {
  const type = bytes[1] ?? 0;
  return type >= 192 && type <= 223;
}

/**
 * Reads an RTP packet in place. Returns null for anything that is not one: short, other version, lists, extension or
 * padding longer than the packet. Damaged extension elements end the reading of extensions, as RFC 8285 says, not the packet.
 * @param arrival ms on the SFU's clock
 */
export function parseRtp(bytes: Uint8Array, extensions: ExtensionTable, arrival: number): RtpPacket | null {
  const length = bytes.length;
  if (length < FIXED_HEADER) return null;
  const first = bytes[0] ?? 0;
  if (first >> 6 !== 2) return null;
  let offset = FIXED_HEADER + (first & 0x0f) * 4;
  if (offset > length) return null;

  const packet = new RtpPacket(bytes);
  const second = bytes[1] ?? 0;
  packet.marker = second >= 0x80;
  packet.payloadType = second & 0x7f;
  packet.sequenceNumber = readUint16(bytes, 2);
  packet.timestamp = readUint32(bytes, 4);
  packet.ssrc = readUint32(bytes, 8);
  packet.arrival = arrival;

  if ((first & 0x10) !== 0) {
    if (offset + 4 > length) return null;
    const profile = readUint16(bytes, offset);
    const start = offset + 4;
    offset = start + readUint16(bytes, offset + 2) * 4;
    if (offset > length) return null;
    if (profile === ONE_BYTE_PROFILE) readOneByteElements(packet, start, offset, extensions.kinds);
    else if ((profile & 0xfff0) === TWO_BYTE_PROFILE)
      readTwoByteElements(packet, start, offset, extensions.kinds);
  }

  let end = length;
  if ((first & 0x20) !== 0) {
    const padding = bytes[length - 1] ?? 0;
    if (padding === 0 || padding > length - offset) return null;
    packet.paddingLength = padding;
    end = length - padding;
  }
  packet.payloadOffset = offset;
  packet.payloadEnd = end;
  return packet;
}

/** RFC 8285, section 4.2. */
function readOneByteElements(packet: RtpPacket, start: number, end: number, kinds: Uint8Array): void {
  const bytes = packet.bytes;
  let at = start;
  while (at < end) {
    const head = bytes[at] ?? 0;
    at += 1;
    if (head === 0) continue;
    const id = head >> 4;
    if (id === 0 || id === 15) return;
    const length = (head & 0x0f) + 1;
    if (at + length > end) return;
    readElement(packet, kinds[id] ?? 0, at, length);
    at += length;
  }
}

/** RFC 8285, section 4.3. */
function readTwoByteElements(packet: RtpPacket, start: number, end: number, kinds: Uint8Array): void {
  const bytes = packet.bytes;
  let at = start;
  while (at < end) {
    const id = bytes[at] ?? 0;
    at += 1;
    if (id === 0) continue;
    if (at >= end) return;
    const length = bytes[at] ?? 0;
    at += 1;
    if (at + length > end) return;
    readElement(packet, kinds[id] ?? 0, at, length);
    at += length;
  }
}

function readElement(packet: RtpPacket, kind: number, at: number, length: number): void {
  const bytes = packet.bytes;
  switch (kind) {
    case EXTENSION.mid:
      packet.midOffset = at;
      packet.midLength = length;
      return;
    case EXTENSION.rid:
      packet.ridOffset = at;
      packet.ridLength = length;
      return;
    case EXTENSION.repairedRid:
      packet.repairedRidOffset = at;
      packet.repairedRidLength = length;
      return;
    case EXTENSION.audioLevel:
      if (length < 1) return;
      packet.audioLevel = (bytes[at] ?? 0) & 0x7f;
      packet.voice = (bytes[at] ?? 0) >= 0x80;
      return;
    case EXTENSION.transportSequence:
      if (length >= 2) packet.transportSequence = readUint16(bytes, at);
      return;
    case EXTENSION.absoluteSendTime:
      if (length === 3) packet.absoluteSendTime = readUint24(bytes, at);
      return;
    case EXTENSION.dependencyDescriptor:
      packet.dependencyDescriptorOffset = at;
      packet.dependencyDescriptorLength = length;
      return;
  }
}
