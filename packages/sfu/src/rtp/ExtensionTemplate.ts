import { writeUint16, writeUint24 } from './bytes.ts';

/** The extensions of one outgoing stream: ids as the receiver negotiated them. */
export interface OutgoingExtensions {
  readonly mid?: { readonly id: number; readonly value: string };
  readonly audioLevel?: number;
  readonly absoluteSendTime?: number;
  readonly transportSequence?: number;
}

interface Element {
  readonly id: number;
  readonly data: Uint8Array;
}

/**
 * The extension block of an outgoing stream, laid out once; for each packet it is copied and the changing values are
 * filled in. One-byte form (RFC 8285) where the ids and lengths allow, two-byte form otherwise.
 * @throws RangeError for an id outside 1–255 or a mid longer than 32 characters (a fault in the caller, at set-up).
 */
export class ExtensionTemplate {
  /** Bytes of the whole block with its four-byte head; 0 when there are no extensions. */
  readonly length: number;
  /** The same without what fills it up to whole words, and with the head even when there are no extensions. */
  readonly used: number;
  readonly #bytes: Uint8Array;
  #audioLevelAt = -1;
  #absoluteSendTimeAt = -1;
  #transportSequenceAt = -1;
  #elementHead = 1;

  /** @param twoByte the two-byte form even where one byte would do */
  constructor(extensions: OutgoingExtensions, twoByte = false) {
    const elements: Element[] = [];
    if (extensions.audioLevel) elements.push({ id: extensions.audioLevel, data: new Uint8Array(1) });
    if (extensions.absoluteSendTime)
      elements.push({ id: extensions.absoluteSendTime, data: new Uint8Array(3) });
    if (extensions.transportSequence)
      elements.push({ id: extensions.transportSequence, data: new Uint8Array(2) });
    if (extensions.mid && extensions.mid.value.length > 0) {
      if (extensions.mid.value.length > 32) throw new RangeError('mid is too long');
      const data = Uint8Array.from(extensions.mid.value, (character) => character.charCodeAt(0));
      elements.push({ id: extensions.mid.id, data });
    }
    this.#bytes = this.#layOut(elements, extensions, twoByte);
    this.length = this.#bytes.length;
    this.used = elements.reduce((sum, { data }) => sum + this.#elementHead + data.length, 4);
  }

  get isOneByte(): boolean {
    return this.#elementHead === 1;
  }

  #layOut(elements: readonly Element[], extensions: OutgoingExtensions, twoByte: boolean): Uint8Array {
    if (twoByte) this.#elementHead = 2;
    if (elements.length === 0) return new Uint8Array(0);
    if (elements.some(({ id }) => !Number.isInteger(id) || id < 1 || id > 255))
      throw new RangeError('extension id out of range');
    const oneByte = !twoByte && elements.every(({ id, data }) => id <= 14 && data.length <= 16);
    this.#elementHead = oneByte ? 1 : 2;
    const body = elements.reduce((sum, { data }) => sum + this.#elementHead + data.length, 0);
    const bytes = new Uint8Array(4 + Math.ceil(body / 4) * 4);
    writeUint16(bytes, 0, oneByte ? 0xbede : 0x1000);
    writeUint16(bytes, 2, (bytes.length - 4) / 4);
    let at = 4;
    for (const { id, data } of elements) {
      if (oneByte) bytes[at++] = (id << 4) | (data.length - 1);
      else {
        bytes[at++] = id;
        bytes[at++] = data.length;
      }
      bytes.set(data, at);
      if (id === extensions.audioLevel) this.#audioLevelAt = at;
      else if (id === extensions.absoluteSendTime) this.#absoluteSendTimeAt = at;
      else if (id === extensions.transportSequence) this.#transportSequenceAt = at;
      at += data.length;
    }
    return bytes;
  }

  /**
   * Writes the block at `at` and returns where the payload starts.
   * @param audioLevel −dBov or −1: the element is blanked, since a made-up level would be a lie
   * @param absoluteSendTime 24 bits, see `absoluteSendTime()`
   */
  write(
    target: Uint8Array,
    at: number,
    audioLevel: number,
    voice: boolean,
    absoluteSendTime: number,
    transportSequence: number,
  ): number {
    const bytes = this.#bytes;
    const length = bytes.length;
    for (let index = 0; index < length; index++) target[at + index] = bytes[index] ?? 0;
    if (this.#audioLevelAt >= 0) {
      const level = at + this.#audioLevelAt;
      if (audioLevel >= 0) target[level] = audioLevel | (voice ? 0x80 : 0);
      else for (let index = 0; index <= this.#elementHead; index++) target[level - index] = 0;
    }
    if (this.#absoluteSendTimeAt >= 0) writeUint24(target, at + this.#absoluteSendTimeAt, absoluteSendTime);
    if (this.#transportSequenceAt >= 0)
      writeUint16(target, at + this.#transportSequenceAt, transportSequence);
    return at + length;
  }
}

/** Milliseconds as the 24-bit 6.18 fixed-point seconds of abs-send-time; it wraps every 64 s. */
export function absoluteSendTime(milliseconds: number): number {
  return Math.floor(milliseconds * 262.144) % 0x1000000;
}
