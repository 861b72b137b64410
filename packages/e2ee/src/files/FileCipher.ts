import { type Bytes, concat } from '../bytes.ts';
import { FileError } from './FileError.ts';

/** Bytes. */
export const FILE_ID_BYTES = 16;
export const FILE_KEY_BYTES = 32;
const label = new TextEncoder().encode('Conclave file chunk v1');

/**
 * AES-256-GCM, chunk by chunk, in the way of STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015): the nonce is 7 zero
 * bytes, the chunk's number in 32 bits and a byte that is 1 in the last chunk, 0 in all others; the additional data is
 * "Conclave file chunk v1" and the file's id. A key is for one file, so no nonce comes twice. Whoever leaves chunks out,
 * swaps them, cuts the end or adds to it makes some chunk one that cannot be opened.
 */
export class FileCipher {
  readonly #key: CryptoKey;
  readonly #additionalData: Bytes;

  private constructor(key: CryptoKey, id: Bytes) {
    this.#key = key;
    this.#additionalData = concat(label, id);
  }

  /** @param id 16 bytes @param key 32 random bytes that are for this file alone */
  static async create(id: Bytes, key: Bytes): Promise<FileCipher> {
    if (id.length !== FILE_ID_BYTES || key.length !== FILE_KEY_BYTES) throw new FileError('file.damaged');
    return new FileCipher(
      await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']),
      id,
    );
  }

  async seal(chunk: number, final: boolean, plain: Bytes): Promise<Bytes> {
    return new Uint8Array(await crypto.subtle.encrypt(this.#parameters(chunk, final), this.#key, plain));
  }

  /** @throws FileError `file.damaged` when it is not this chunk of this file. */
  async open(chunk: number, final: boolean, sealed: Bytes): Promise<Bytes> {
    try {
      return new Uint8Array(await crypto.subtle.decrypt(this.#parameters(chunk, final), this.#key, sealed));
    } catch {
      throw new FileError('file.damaged');
    }
  }

  #parameters(chunk: number, final: boolean): AesGcmParams {
    const iv = new Uint8Array(12);
    new DataView(iv.buffer).setUint32(7, chunk);
    iv[11] = final ? 1 : 0;
    return { name: 'AES-GCM', iv, additionalData: this.#additionalData };
  }
}
