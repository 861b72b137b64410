import { MAX_PACKET } from './MediaTransport.ts';

/**
 * The one place where outgoing packets are written, for a whole process: the transport copies a packet before its call
 * returns. A view for each length is made once: it is not free to make.
 */
export class PacketBuffer {
  readonly bytes = new Uint8Array(MAX_PACKET);
  readonly #views: (Buffer | undefined)[] = new Array(MAX_PACKET + 1);

  view(length: number): Buffer {
    const view = this.#views[length] ?? Buffer.from(this.bytes.buffer, 0, length);
    this.#views[length] = view;
    return view;
  }
}
