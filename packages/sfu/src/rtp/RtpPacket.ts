import type { DependencyDescriptor } from '../codec/dependencyDescriptor.ts';
import type { Vp8Descriptor } from '../codec/vp8.ts';
import type { VideoCodec } from '../control/media.ts';

/**
 * One parsed RTP packet (RFC 3550, section 5.1): numbers, and positions in `bytes`, which is neither copied nor
 * changed. It is made once for each incoming packet and shared by all receivers and their retransmission caches, so
 * whoever forwards it takes header values from the fields, never from `bytes`: a packet that came by RTX has other ones.
 */
export class RtpPacket {
  readonly bytes: Uint8Array;
  marker = false;
  payloadType = 0;
  sequenceNumber = 0;
  timestamp = 0;
  ssrc = 0;
  /** The payload without padding is `bytes[payloadOffset, payloadEnd)`. */
  payloadOffset = 0;
  payloadEnd = 0;
  paddingLength = 0;
  /** −dBov, 0 (loudest) to 127 (silence), RFC 6464; −1: not there. */
  audioLevel = -1;
  /** The sender's own voice activity bit (RFC 6464). */
  voice = false;
  /** Transport-wide sequence number; −1: not there. */
  transportSequence = -1;
  /** 24 bits, seconds in 6.18 fixed point; −1: not there. */
  absoluteSendTime = -1;
  midOffset = 0;
  midLength = 0;
  ridOffset = 0;
  ridLength = 0;
  repairedRidOffset = 0;
  repairedRidLength = 0;
  dependencyDescriptorOffset = 0;
  dependencyDescriptorLength = 0;
  /** When it came, ms on the SFU's clock. */
  arrival = 0;
  /** Came as a retransmission (RFC 4588). */
  repaired = false;
  /** What the payload type means on its line. */
  codec: 'opus' | VideoCodec = 'opus';
  /** Somebody who has seen nothing before can begin with this packet. Filled in by the receiving side of a stream. */
  keyFrame = false;
  /** The same, of VP8. */
  vp8: Vp8Descriptor | null = null;
  /** The same, of VP9 and AV1. */
  descriptor: DependencyDescriptor | null = null;

  #payload: Uint8Array | null = null;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** The payload without padding. One view, shared by all who copy it: at 40 receivers 40 views would be most of the garbage. */
  get payload(): Uint8Array {
    this.#payload ??= this.bytes.subarray(this.payloadOffset, this.payloadEnd);
    return this.#payload;
  }

  get payloadLength(): number {
    return this.payloadEnd - this.payloadOffset;
  }

  /** Only padding: a probe. Nothing to forward, but its sequence number is used up. */
  get isPadding(): boolean {
    return this.payloadEnd === this.payloadOffset;
  }

  get mid(): string | null {
    return this.#token(this.midOffset, this.midLength);
  }

  get rid(): string | null {
    return this.#token(this.ridOffset, this.ridLength);
  }

  get repairedRid(): string | null {
    return this.#token(this.repairedRidOffset, this.repairedRidLength);
  }

  /** An SDES item of printable ASCII; null when absent or anything else. At most 255 characters by its length field. */
  #token(offset: number, length: number): string | null {
    if (length === 0) return null;
    let text = '';
    for (let at = offset; at < offset + length; at++) {
      const code = this.bytes[at] ?? 0;
      if (code < 0x21 || code > 0x7e) return null;
      text += String.fromCharCode(code);
    }
    return text;
  }
}
