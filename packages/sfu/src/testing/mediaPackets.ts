import { buildRtp } from '../rtp/buildRtp.ts';
import { ExtensionTable } from '../rtp/HeaderExtensions.ts';
import { parseRtp } from '../rtp/parseRtp.ts';
import { EXTENSIONS, PAYLOAD_TYPES } from './writeOffer.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** 20 ms of Opus, as far as anybody on the way can tell. */
export function opusPacket(options: {
  readonly mid: string;
  readonly ssrc: number;
  readonly sequence: number;
  /** −dBov; 127 is silence. */
  readonly level?: number;
  readonly transportSequence?: number;
}): Uint8Array<ArrayBuffer> {
  const { mid, ssrc, sequence, level = 30, transportSequence } = options;
  return buildRtp({
    payloadType: PAYLOAD_TYPES.opus,
    sequenceNumber: sequence & 0xffff,
    timestamp: (sequence * 960) >>> 0,
    ssrc,
    payload: new Uint8Array(60).fill(sequence & 0xff),
    extensions: [
      { id: EXTENSIONS.mid, data: text(mid) },
      { id: EXTENSIONS.audioLevel, data: Uint8Array.of(0x80 | level) },
      ...transportWide(transportSequence),
    ],
  });
}

/** One packet of VP8 that is a whole frame: descriptor with a 15-bit picture id, then a frame header (RFC 7741). */
export function vp8Packet(options: {
  readonly mid: string;
  readonly rid?: string;
  readonly ssrc: number;
  readonly sequence: number;
  readonly keyFrame: boolean;
  readonly bytes?: number;
  readonly transportSequence?: number;
}): Uint8Array<ArrayBuffer> {
  const { mid, rid, ssrc, sequence, keyFrame, bytes = 200, transportSequence } = options;
  const payload = new Uint8Array(bytes).fill(sequence & 0xff);
  payload.set([0x90, 0x80, 0x80 | ((sequence >> 8) & 0x7f), sequence & 0xff, keyFrame ? 0x10 : 0x11]);
  return buildRtp({
    marker: true,
    payloadType: PAYLOAD_TYPES.vp8,
    sequenceNumber: sequence & 0xffff,
    timestamp: (sequence * 3_000) >>> 0,
    ssrc,
    payload,
    extensions: [
      { id: EXTENSIONS.mid, data: text(mid) },
      ...(rid === undefined ? [] : [{ id: EXTENSIONS.rid, data: text(rid) }]),
      ...transportWide(transportSequence),
    ],
  });
}

/** A lost packet once more, on the RTX stream of its layer (RFC 4588). */
export function rtxPacket(
  lost: Uint8Array<ArrayBuffer>,
  options: { readonly mid: string; readonly rid: string; readonly ssrc: number; readonly sequence: number },
): Uint8Array<ArrayBuffer> {
  const { mid, rid, ssrc, sequence } = options;
  const packet = parseRtp(lost, new ExtensionTable({}), 0);
  if (packet === null) throw new Error('not RTP');
  const { sequenceNumber } = packet;
  const original = lost.subarray(packet.payloadOffset, packet.payloadEnd);
  return buildRtp({
    marker: packet.marker,
    payloadType: PAYLOAD_TYPES.rtx,
    sequenceNumber: sequence,
    timestamp: packet.timestamp,
    ssrc,
    payload: Uint8Array.of(sequenceNumber >> 8, sequenceNumber & 0xff, ...original),
    extensions: [
      { id: EXTENSIONS.mid, data: text(mid) },
      { id: EXTENSIONS.repairedRid, data: text(rid) },
    ],
  });
}

function transportWide(sequence: number | undefined): { id: number; data: Uint8Array }[] {
  if (sequence === undefined) return [];
  return [{ id: EXTENSIONS.transportSequence, data: Uint8Array.of((sequence >> 8) & 0xff, sequence & 0xff) }];
}
