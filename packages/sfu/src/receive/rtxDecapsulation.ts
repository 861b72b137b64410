import { readUint16 } from '../rtp/bytes.ts';
import { RtpPacket } from '../rtp/RtpPacket.ts';

/**
 * The original packet inside a retransmission (RFC 4588, section 4), sharing its bytes. Null for padding, which browsers
 * send on RTX streams to probe the path.
 * @param ssrc of the stream that it repairs
 * @param payloadType the `apt` of the RTX payload type
 */
export function decapsulateRtx(rtx: RtpPacket, ssrc: number, payloadType: number): RtpPacket | null {
  if (rtx.payloadLength <= 2) return null;
  const packet = new RtpPacket(rtx.bytes);
  packet.marker = rtx.marker;
  packet.payloadType = payloadType;
  packet.sequenceNumber = readUint16(rtx.bytes, rtx.payloadOffset);
  packet.timestamp = rtx.timestamp;
  packet.ssrc = ssrc;
  packet.payloadOffset = rtx.payloadOffset + 2;
  packet.payloadEnd = rtx.payloadEnd;
  packet.paddingLength = rtx.paddingLength;
  packet.audioLevel = rtx.audioLevel;
  packet.voice = rtx.voice;
  packet.dependencyDescriptorOffset = rtx.dependencyDescriptorOffset;
  packet.dependencyDescriptorLength = rtx.dependencyDescriptorLength;
  packet.arrival = rtx.arrival;
  packet.repaired = true;
  return packet;
}
