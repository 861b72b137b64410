import { writePadding, writeRtpHeader } from '../rtp/writeRtp.ts';
import { type OutgoingStream, writeForwarded } from './OutgoingStream.ts';
import type { CachedPacket } from './RetransmissionCache.ts';

const NOTHING = new Uint8Array(0);

/** The retransmission stream of a slot (RFC 4588): own SSRC, payload type and sequence; the original number leads the payload. */
export class RtxEncapsulation {
  /** Its payload types are those of the retransmissions of each codec. */
  readonly #stream: OutgoingStream;
  #sequence: number;
  #timestamp = 0;
  #payloadType: number;

  constructor(stream: OutgoingStream, firstSequenceNumber: number) {
    this.#stream = stream;
    this.#sequence = firstSequenceNumber & 0xffff;
    this.#payloadType = Object.values(stream.payloadTypes)[0] ?? 0;
  }

  /** Writes the packet into `target` and returns its length; 0 when it does not fit, or its codec has no retransmission. */
  write(target: Uint8Array, cached: CachedPacket, sendTime: number, transportSequence: number): number {
    const { packet, timestamp, pictureId, tl0PicIdx, frameNumber, topLayer, sequenceNumber } = cached;
    const numbers = {
      sequenceNumber: this.#sequence,
      timestamp,
      pictureId,
      tl0PicIdx,
      frameNumber,
      topLayer,
    };
    const length = writeForwarded(
      target,
      this.#stream,
      packet,
      numbers,
      sendTime,
      transportSequence,
      sequenceNumber,
    );
    if (length === 0) return 0;
    this.#advance();
    this.#timestamp = timestamp;
    this.#payloadType = this.#stream.payloadTypes[packet.codec] ?? this.#payloadType;
    return length;
  }

  /** A packet of `padding` (1 to 255) bytes and no payload, to probe the path; 0 when it does not fit. */
  writeProbe(target: Uint8Array, padding: number, sendTime: number, transportSequence: number): number {
    const { extensions, ssrc } = this.#stream;
    const block = extensions.length(0);
    if (12 + block + padding > target.length || padding < 1 || padding > 255) return 0;
    let at = writeRtpHeader(
      target,
      block > 0,
      false,
      this.#payloadType,
      this.#sequence,
      this.#timestamp,
      ssrc,
    );
    this.#advance();
    at = extensions.write(target, at, -1, false, sendTime, transportSequence, NOTHING, 0);
    return writePadding(target, at, padding);
  }

  #advance(): void {
    this.#sequence = (this.#sequence + 1) & 0xffff;
  }
}
