import { targetsUpTo } from '../codec/decodeTargets.ts';
import { REWRITE_GROWTH, rewriteDependencyDescriptor } from '../codec/dependencyDescriptor.ts';
import { rewriteVp8 } from '../codec/vp8.ts';
import type { DescribedExtensions } from '../rtp/DescribedExtensions.ts';
import type { RtpPacket } from '../rtp/RtpPacket.ts';
import { writePadding, writeRtpHeader } from '../rtp/writeRtp.ts';

/** The payload type of each codec that the receiver has negotiated. */
export type PayloadTypes = Readonly<Partial<Record<RtpPacket['codec'], number>>>;

/**
 * The payload type of a codec; undefined where it is not negotiated. By name, since a look-up by a key that changes is
 * the slowest kind there is, and this is done for each packet and receiver.
 */
export function payloadTypeOf(types: PayloadTypes, codec: RtpPacket['codec']): number | undefined {
  switch (codec) {
    case 'opus':
      return types.opus;
    case 'VP8':
      return types.VP8;
    case 'VP9':
      return types.VP9;
    case 'AV1':
      return types.AV1;
    case 'H264':
      return types.H264;
  }
}

/** What one outgoing RTP stream has that its packets do not: as the receiver negotiated it. */
export interface OutgoingStream {
  readonly ssrc: number;
  readonly payloadTypes: PayloadTypes;
  readonly extensions: DescribedExtensions;
}

/** The numbers that a slot's rewriter or its cache gives a packet. */
export interface OutgoingNumbers {
  readonly sequenceNumber: number;
  readonly timestamp: number;
  readonly pictureId: number;
  readonly tl0PicIdx: number;
  /** Of the Dependency Descriptor. */
  readonly frameNumber: number;
  /** The highest spatial layer that is forwarded; −1: the packet is not of a described stream. */
  readonly topLayer: number;
}

/** An element of an extension is at most 255 bytes long. */
const scratch = new Uint8Array(255 + REWRITE_GROWTH);

/**
 * Writes `packet` as a packet of `stream` into `target` and returns its length; 0 when it does not fit, or the receiver
 * has not negotiated its codec (nothing is sent then). The payload is copied once; padding is left out.
 * @param sendTime see `absoluteSendTime()`
 * @param original for a retransmission (RFC 4588): the sequence number that goes in front of the payload, else −1
 */
export function writeForwarded(
  target: Uint8Array,
  stream: OutgoingStream,
  packet: RtpPacket,
  numbers: OutgoingNumbers,
  sendTime: number,
  transportSequence: number,
  original = -1,
): number {
  const { extensions } = stream;
  const payloadType = payloadTypeOf(stream.payloadTypes, packet.codec);
  if (payloadType === undefined) return 0;
  const descriptorLength = extensions.takesDescriptor ? writeDescriptor(packet, numbers) : 0;
  const block = extensions.length(descriptorLength);
  const head = original < 0 ? 0 : 2;
  const length = 12 + block + head + packet.payloadLength;
  if (length > target.length) return 0;
  let at = writeRtpHeader(
    target,
    block > 0,
    endsPicture(packet, numbers.topLayer),
    payloadType,
    numbers.sequenceNumber,
    numbers.timestamp,
    stream.ssrc,
  );
  const { audioLevel, voice } = packet;
  at = extensions.write(
    target,
    at,
    audioLevel,
    voice,
    sendTime,
    transportSequence,
    scratch,
    descriptorLength,
  );
  if (original >= 0) {
    target[at++] = original >> 8;
    target[at++] = original;
  }
  writePayload(target, at, packet, numbers);
  return length;
}

/** A packet without content that takes the place of one that is left out on purpose; 0 when it does not fit. */
export function writePlaceholder(
  target: Uint8Array,
  stream: OutgoingStream,
  packet: RtpPacket,
  numbers: OutgoingNumbers,
  sendTime: number,
  transportSequence: number,
): number {
  const { extensions, ssrc } = stream;
  const payloadType = payloadTypeOf(stream.payloadTypes, packet.codec);
  const block = extensions.length(0);
  if (payloadType === undefined || 12 + block + 1 > target.length) return 0;
  const { sequenceNumber, timestamp } = numbers;
  let at = writeRtpHeader(target, block > 0, false, payloadType, sequenceNumber, timestamp, ssrc);
  at = extensions.write(target, at, -1, false, sendTime, transportSequence, scratch, 0);
  return writePadding(target, at, 1);
}

/** The marker closes a picture (its last packet): of the layers that are forwarded, not of those that were sent to us. */
function endsPicture(packet: RtpPacket, topLayer: number): boolean {
  const { descriptor, marker } = packet;
  if (marker || descriptor === null) return marker;
  return descriptor.endOfFrame && descriptor.spatialId === topLayer;
}

/** The descriptor with the slot's numbers, in `scratch`; returns its length, 0 where the packet has none. */
function writeDescriptor(packet: RtpPacket, { frameNumber, topLayer }: OutgoingNumbers): number {
  const { descriptor, bytes, dependencyDescriptorOffset, dependencyDescriptorLength } = packet;
  if (descriptor === null || topLayer < 0) return 0;
  const { activeTargets, structure } = descriptor;
  const left = activeTargets < 0 ? -1 : targetsUpTo(structure, topLayer, activeTargets);
  const length = rewriteDependencyDescriptor(
    scratch,
    0,
    bytes,
    dependencyDescriptorOffset,
    dependencyDescriptorLength,
    descriptor,
    frameNumber,
    left === activeTargets ? -1 : left,
  );
  return length > 255 ? 0 : length;
}

/** Copies the payload and puts the slot's picture id and TL0PICIDX into it. */
function writePayload(target: Uint8Array, at: number, packet: RtpPacket, numbers: OutgoingNumbers): void {
  target.set(packet.payload, at);
  if (packet.vp8 !== null) rewriteVp8(target, at, packet.vp8, numbers.pictureId, numbers.tl0PicIdx);
}
