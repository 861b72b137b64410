import type { Bytes } from '../bytes.ts';
import { encryptWith } from './ciphertext.ts';
import { SframeError } from './SframeError.ts';
import type { SframeKey } from './SframeKey.ts';

/**
 * Frames that one key encrypts. SFrame could count to 2^64; NIST SP 800-38D, section 8.3, is content with 2^32, and at
 * 200 frames/s those last 248 days.
 */
export const MAX_FRAMES = 1n << 32n;

/** Encrypts under one key. The only holder of its counter, which begins at 0, is never set and never repeats. */
export class SframeSender {
  readonly #key: SframeKey<'encrypt'>;
  readonly #life: AbortSignal;
  readonly #maxFrames: bigint;
  #next = 0n;

  /** No other sender may ever have this key. When `life` is aborted the key is dropped. */
  constructor(key: SframeKey<'encrypt'>, life: AbortSignal, maxFrames: bigint = MAX_FRAMES) {
    this.#key = key;
    this.#life = life;
    this.#maxFrames = maxFrames < MAX_FRAMES ? maxFrames : MAX_FRAMES;
  }

  get kid(): bigint {
    return this.#key.kid;
  }

  /**
   * The header, the ciphertext and its tag (RFC 9605, section 4.2). The receiver needs the same `metadata`, which is
   * authenticated and not sent. Frames are numbered in the order of the calls.
   *
   * @throws SframeError `counter-exhausted`, `key-dropped`, `too-large`.
   */
  async encrypt(plaintext: Bytes, metadata: Uint8Array): Promise<Bytes> {
    if (this.#life.aborted) throw new SframeError('key-dropped');
    if (this.#next >= this.#maxFrames) throw new SframeError('counter-exhausted');
    const counter = this.#next;
    // Before anything is awaited: a number is spent even when the encryption fails.
    this.#next += 1n;
    return encryptWith(this.#key, counter, plaintext, metadata);
  }
}
