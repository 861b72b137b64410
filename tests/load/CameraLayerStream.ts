import { buildRtp } from '../../packages/sfu/src/rtp/buildRtp.ts';
import { EXTENSIONS, PAYLOAD_TYPES } from '../../packages/sfu/src/testing/writeOffer.ts';
import { stamp } from './clock.ts';
import type { Sender } from './Sender.ts';

const mostBytes = 1_100;
const remembered = 256;

interface Sent {
  readonly sequence: number;
  readonly timestamp: number;
  readonly marker: boolean;
  readonly payload: Uint8Array;
}

/** One simulcast layer of a camera: VP8 frames of several packets, a key frame when one is asked for, RTX for a NACK. */
export class CameraLayerStream {
  readonly ssrc: number;
  readonly #sender: Sender;
  readonly #rid: Uint8Array;
  readonly #frameBytes: number;
  readonly #sent = new Map<number, Sent>();
  #sequence = 0;
  #rtxSequence = 0;
  #pictureId = 0;
  #keyFrameAsked = true;

  /** RTX has the next SSRC. */
  constructor(sender: Sender, rid: string, ssrc: number, frameBytes: number) {
    this.#sender = sender;
    this.#rid = new TextEncoder().encode(rid);
    this.ssrc = ssrc;
    this.#frameBytes = frameBytes;
  }

  onKeyFrameRequest(): void {
    this.#keyFrameAsked = true;
  }

  onNack(sequences: readonly number[]): void {
    for (const sequence of sequences) {
      const sent = this.#sent.get(sequence);
      if (sent !== undefined) this.#sendAgain(sent);
    }
  }

  frame(timestamp: number): void {
    const keyFrame = this.#keyFrameAsked;
    this.#keyFrameAsked = false;
    this.#pictureId = (this.#pictureId + 1) & 0x7fff;
    // A key frame is about four times as large.
    let left = this.#frameBytes * (keyFrame ? 4 : 1);
    for (let first = true; left > 0; first = false) {
      const length = Math.max(20, Math.min(mostBytes, left));
      left -= length;
      this.#sendPacket(first, keyFrame, left <= 0, length, timestamp);
    }
  }

  /** The payload descriptor of RFC 7741 with a 15-bit picture id, then what is left readable of the frame header. */
  #sendPacket(first: boolean, keyFrame: boolean, marker: boolean, length: number, timestamp: number): void {
    const payload = new Uint8Array(length);
    payload.set([first ? 0x90 : 0x80, 0x80, 0x80 | (this.#pictureId >> 8), this.#pictureId & 0xff]);
    if (first) payload[4] = keyFrame ? 0x10 : 0x11;
    stamp(payload);
    const sent = { sequence: this.#sequence, timestamp, marker, payload };
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#sent.set(sent.sequence, sent);
    this.#sent.delete((sent.sequence - remembered) & 0xffff);
    this.#send(PAYLOAD_TYPES.vp8, this.ssrc, EXTENSIONS.rid, sent.sequence, sent, payload);
  }

  #sendAgain(sent: Sent): void {
    const sequence = this.#rtxSequence;
    this.#rtxSequence = (this.#rtxSequence + 1) & 0xffff;
    const payload = new Uint8Array(sent.payload.length + 2);
    payload.set([sent.sequence >> 8, sent.sequence & 0xff]);
    payload.set(sent.payload, 2);
    this.#send(PAYLOAD_TYPES.rtx, this.ssrc + 1, EXTENSIONS.repairedRid, sequence, sent, payload);
  }

  #send(
    payloadType: number,
    ssrc: number,
    ridId: number,
    sequenceNumber: number,
    { marker, timestamp }: Sent,
    payload: Uint8Array,
  ): void {
    this.#sender.send((transportSequence) =>
      buildRtp({
        ...{ marker, payloadType, sequenceNumber, timestamp, ssrc, payload },
        extensions: [
          { id: EXTENSIONS.mid, data: this.#sender.mid },
          { id: ridId, data: this.#rid },
          transportSequence,
        ],
      }),
    );
  }
}
