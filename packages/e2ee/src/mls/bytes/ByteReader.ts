import { MlsError } from '../errors.ts';

/** Reads what TLS's presentation language (RFC 8446 section 3) describes: big-endian, length before content. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** @throws MlsError `malformed` when fewer bytes are left. A copy: it outlives the message. */
  take(count: number): Uint8Array<ArrayBuffer> {
    const end = this.#offset + count;
    if (end > this.#bytes.length) throw new MlsError('malformed', 'the bytes end early');
    const taken = new Uint8Array(this.#bytes.subarray(this.#offset, end));
    this.#offset = end;
    return taken;
  }

  uint8(): number {
    return this.#number(1);
  }

  uint16(): number {
    return this.#number(2);
  }

  /** A uint64 that a number holds exactly. */
  uint64(): number {
    const high = this.#number(4);
    const low = this.#number(4);
    const value = high * 2 ** 32 + low;
    if (!Number.isSafeInteger(value)) throw new MlsError('malformed', 'a number is too large');
    return value;
  }

  /** opaque<min..max> with a length of two bytes. */
  opaque16(min: number, max: number): Uint8Array<ArrayBuffer> {
    const length = this.uint16();
    if (length < min || length > max) throw new MlsError('malformed', 'a field has an impossible length');
    return this.take(length);
  }

  /** @throws MlsError `malformed` when something follows. */
  end(): void {
    if (this.#offset !== this.#bytes.length) throw new MlsError('malformed', 'something follows the end');
  }

  #number(bytes: number): number {
    let value = 0;
    for (const byte of this.take(bytes)) value = value * 256 + byte;
    return value;
  }
}
