import { EXTENSIONS } from '../../packages/sfu/src/testing/writeOffer.ts';

type Extension = { readonly id: number; readonly data: Uint8Array };

/** Numbers all that one participant sends, as transport-wide congestion control wants it. */
export class Numbering {
  #next = 0;

  take(): Extension {
    const number = this.#next++ & 0xffff;
    return { id: EXTENSIONS.transportSequence, data: Uint8Array.of(number >> 8, number & 0xff) };
  }
}

/** One line of a participant. */
export class Sender {
  readonly mid: Uint8Array;
  readonly #numbering: Numbering;
  readonly #send: (packet: Uint8Array) => void;

  constructor(mid: string, numbering: Numbering, send: (packet: Uint8Array) => void) {
    this.mid = new TextEncoder().encode(mid);
    this.#numbering = numbering;
    this.#send = send;
  }

  send(build: (transportSequence: Extension) => Uint8Array): void {
    this.#send(build(this.#numbering.take()));
  }
}
