import { rewriteVp8 } from '../codec/vp8.ts';
import type { ExtensionTemplate } from '../rtp/ExtensionTemplate.ts';
import type { RtpPacket } from '../rtp/RtpPacket.ts';
import { writeRtpHeader } from '../rtp/writeRtp.ts';

/** What one outgoing RTP stream has that its packets do not: as the receiver negotiated it. */
export interface OutgoingStream {
  readonly ssrc: number;
  readonly payloadType: number;
  readonly extensions: ExtensionTemplate;
}

/** The numbers that a slot's rewriter or its cache gives a packet. */
export interface OutgoingNumbers {
  readonly sequenceNumber: number;
  readonly timestamp: number;
  readonly pictureId: number;
  readonly tl0PicIdx: number;
}

/**
 * Writes `packet` as a packet of `stream` into `target` and returns its length; 0 when it does not fit (nothing is sent
 * then). The payload is copied once; padding is left out.
 * @param sendTime see `absoluteSendTime()`
 */
export function writeForwarded(
  target: Uint8Array,
  stream: OutgoingStream,
  packet: RtpPacket,
  numbers: OutgoingNumbers,
  sendTime: number,
  transportSequence: number,
): number {
  const { extensions } = stream;
  const payloadLength = packet.payloadEnd - packet.payloadOffset;
  const length = 12 + extensions.length + payloadLength;
  if (length > target.length) return 0;
  let at = writeRtpHeader(
    target,
    extensions.length > 0,
    packet.marker,
    stream.payloadType,
    numbers.sequenceNumber,
    numbers.timestamp,
    stream.ssrc,
  );
  at = extensions.write(target, at, packet.audioLevel, packet.voice, sendTime, transportSequence);
  writePayload(target, at, packet, numbers);
  return length;
}

/** Copies the payload and puts the slot's picture id and TL0PICIDX into it. */
export function writePayload(
  target: Uint8Array,
  at: number,
  packet: RtpPacket,
  numbers: OutgoingNumbers,
): void {
  target.set(packet.payload, at);
  if (packet.vp8 !== null) rewriteVp8(target, at, packet.vp8, numbers.pictureId, numbers.tl0PicIdx);
}
