import { writeUint16 } from '../rtp/bytes.ts';
import { writePadding, writeRtpHeader } from '../rtp/writeRtp.ts';
import { type OutgoingStream, writePayload } from './OutgoingStream.ts';
import type { CachedPacket } from './RetransmissionCache.ts';

/** The retransmission stream of a slot (RFC 4588): own SSRC, payload type and sequence; the original number leads the payload. */
export class RtxEncapsulation {
  readonly #stream: OutgoingStream;
  #sequence: number;
  #timestamp = 0;

  constructor(stream: OutgoingStream, firstSequenceNumber: number) {
    this.#stream = stream;
    this.#sequence = firstSequenceNumber & 0xffff;
  }

  /** Writes the packet into `target` and returns its length; 0 when it does not fit. */
  write(target: Uint8Array, cached: CachedPacket, sendTime: number, transportSequence: number): number {
    const { packet } = cached;
    const { extensions } = this.#stream;
    const length = 12 + extensions.length + 2 + packet.payloadLength;
    if (length > target.length) return 0;
    this.#timestamp = cached.timestamp;
    let at = this.#head(target, packet.marker);
    at = extensions.write(target, at, packet.audioLevel, packet.voice, sendTime, transportSequence);
    writeUint16(target, at, cached.sequenceNumber);
    writePayload(target, at + 2, packet, cached);
    return length;
  }

  /** A packet of `padding` (1 to 255) bytes and no payload, to probe the path; 0 when it does not fit. */
  writeProbe(target: Uint8Array, padding: number, sendTime: number, transportSequence: number): number {
    const { extensions } = this.#stream;
    if (12 + extensions.length + padding > target.length || padding < 1 || padding > 255) return 0;
    let at = this.#head(target, false);
    at = extensions.write(target, at, -1, false, sendTime, transportSequence);
    return writePadding(target, at, padding);
  }

  #head(target: Uint8Array, marker: boolean): number {
    const { ssrc, payloadType, extensions } = this.#stream;
    const sequence = this.#sequence;
    this.#sequence = (sequence + 1) & 0xffff;
    return writeRtpHeader(
      target,
      extensions.length > 0,
      marker,
      payloadType,
      sequence,
      this.#timestamp,
      ssrc,
    );
  }
}
