/** RFC 4571: each packet on the stream is preceded by its length, 16 bits in network order. */
const PREFIX = 2;
/** The longest packet that is taken. Nothing that a browser sends on a media transport comes near it. */
export const MAX_FRAME = 2_048;

/** @returns the packet with its length before it. */
export function frame(packet: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(PREFIX + packet.length);
  framed.writeUInt16BE(packet.length, 0);
  framed.set(packet, PREFIX);
  return framed;
}

/** Takes the stream apart into packets, however it was cut on its way. Never holds more than one packet. */
export class FrameReader {
  /** The begun packet with its prefix. A copy: the chunk it came in may be large. */
  #rest: Buffer = Buffer.alloc(0);

  /**
   * Calls back for each packet that is whole now, in order; the views hold until the next call. Empty ones are
   * passed over.
   * @returns false when the stream announces a packet that is too long; it is of no use any more.
   */
  push(chunk: Buffer, onPacket: (packet: Buffer) => void): boolean {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    while (bytes.length - at >= PREFIX) {
      const length = bytes.readUInt16BE(at);
      if (length > MAX_FRAME) return false;
      const end = at + PREFIX + length;
      if (end > bytes.length) break;
      if (length > 0) onPacket(bytes.subarray(at + PREFIX, end));
      at = end;
    }
    this.#rest = Buffer.from(bytes.subarray(at));
    return true;
  }
}
