import { buildRtp } from '../../packages/sfu/src/rtp/buildRtp.ts';
import { EXTENSIONS, PAYLOAD_TYPES } from '../../packages/sfu/src/testing/writeOffer.ts';
import { stamp } from './clock.ts';
import type { Sender } from './Sender.ts';

const frameTicks = 960;
/** 32 kbit/s at 20 ms. */
const payloadBytes = 80;

/** Opus with audio levels, a packet each 20 ms while somebody speaks and none in silence (DTX). */
export class MicrophoneStream {
  readonly #sender: Sender;
  readonly #ssrc: number;
  #sequence = 0;
  #ticks = 0;

  constructor(sender: Sender, ssrc: number) {
    this.#sender = sender;
    this.#ssrc = ssrc;
  }

  frame(speaks: boolean): void {
    this.#ticks += frameTicks;
    if (!speaks) return;
    const payload = new Uint8Array(payloadBytes);
    stamp(payload);
    this.#sender.send((transportSequence) =>
      buildRtp({
        payloadType: PAYLOAD_TYPES.opus,
        sequenceNumber: this.#sequence++ & 0xffff,
        timestamp: this.#ticks >>> 0,
        ssrc: this.#ssrc,
        payload,
        extensions: [
          { id: EXTENSIONS.mid, data: this.#sender.mid },
          // Voice, −20 to −26 dBov.
          { id: EXTENSIONS.audioLevel, data: Uint8Array.of(0x80 | (20 + (this.#sequence % 7))) },
          transportSequence,
        ],
      }),
    );
  }
}
