import { NULL, type Pointer } from '../native/library.ts';
import { NativeMemory } from '../native/NativeMemory.ts';
import {
  EVP_CIPHER_CTX_ctrl,
  EVP_CIPHER_CTX_free,
  EVP_CIPHER_CTX_new,
  EVP_CipherFinal_ex,
  EVP_CipherInit_ex,
  EVP_CipherUpdate,
} from '../native/openssl.ts';
import type { PacketMemory } from '../native/PacketMemory.ts';

export const GCM_TAG_BYTES = 16;
/** EVP_CTRL_AEAD_GET_TAG and EVP_CTRL_AEAD_SET_TAG. */
const GET_TAG = 0x10;
const SET_TAG = 0x11;
/** EVP_CipherInit_ex leaves the direction as it is. */
const SAME = -1;

/** Where C writes how much it wrote. Nobody reads it: these ciphers write what they were given. */
const written = new NativeMemory(8).at(0, 8);
const NOWHERE = 0;

/** One key of one of OpenSSL's ciphers, used packet by packet: Node’s own costs twenty times as much to set up. */
export class Cipher implements Disposable {
  #context: Pointer;

  /** @param cipher of OpenSSL, such as `EVP_aes_128_gcm()`. Throws when OpenSSL refuses. */
  constructor(cipher: Pointer, key: Uint8Array, encrypts: boolean) {
    this.#context = EVP_CIPHER_CTX_new();
    if (EVP_CipherInit_ex(this.#context, cipher, NULL, key, NOWHERE, encrypts ? 1 : 0) === 1) return;
    this[Symbol.dispose]();
    throw new Error('OpenSSL refuses the cipher');
  }

  /**
   * Encrypts the packet from `start` to `end` and writes the tag of 16 bytes at `end`. What is before `start` is
   * authenticated, and `extra` after it.
   */
  seal(
    packet: PacketMemory,
    start: number,
    end: number,
    iv: NativeMemory,
    extra: NativeMemory | null = null,
  ): boolean {
    const context = this.#context;
    if (context === NULL) return false;
    const length = end - start;
    const body = packet.at(start, length);
    const tag = packet.at(end, GCM_TAG_BYTES);
    return (
      this.#begin(packet, start, iv, extra) &&
      EVP_CipherUpdate(context, body, written, body, length) === 1 &&
      EVP_CipherFinal_ex(context, tag, written) === 1 &&
      EVP_CIPHER_CTX_ctrl(context, GET_TAG, GCM_TAG_BYTES, tag) === 1
    );
  }

  /** The other way; the tag stands at `end`. False when it does not fit. */
  open(
    packet: PacketMemory,
    start: number,
    end: number,
    iv: NativeMemory,
    extra: NativeMemory | null = null,
  ): boolean {
    const context = this.#context;
    if (context === NULL) return false;
    const length = end - start;
    const body = packet.at(start, length);
    const tag = packet.at(end, GCM_TAG_BYTES);
    return (
      this.#begin(packet, start, iv, extra) &&
      EVP_CipherUpdate(context, body, written, body, length) === 1 &&
      EVP_CIPHER_CTX_ctrl(context, SET_TAG, GCM_TAG_BYTES, tag) === 1 &&
      EVP_CipherFinal_ex(context, tag, written) === 1
    );
  }

  /** Encrypts or decrypts without authentication (counter mode). */
  apply(packet: PacketMemory, start: number, end: number, iv: NativeMemory): boolean {
    const context = this.#context;
    if (context === NULL) return false;
    const length = end - start;
    const body = packet.at(start, length);
    return (
      EVP_CipherInit_ex(context, NULL, NULL, null, iv.at(0, iv.bytes.length), SAME) === 1 &&
      EVP_CipherUpdate(context, body, written, body, length) === 1
    );
  }

  [Symbol.dispose](): void {
    if (this.#context !== NULL) EVP_CIPHER_CTX_free(this.#context);
    this.#context = NULL;
  }

  #begin(packet: PacketMemory, start: number, iv: NativeMemory, extra: NativeMemory | null): boolean {
    const context = this.#context;
    return (
      EVP_CipherInit_ex(context, NULL, NULL, null, iv.at(0, iv.bytes.length), SAME) === 1 &&
      EVP_CipherUpdate(context, NOWHERE, written, packet.at(0, start), start) === 1 &&
      (extra === null || this.#authenticate(extra))
    );
  }

  #authenticate(extra: NativeMemory): boolean {
    const { length } = extra.bytes;
    return EVP_CipherUpdate(this.#context, NOWHERE, written, extra.at(0, length), length) === 1;
  }
}
