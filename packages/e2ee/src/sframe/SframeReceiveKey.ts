import type { Bytes } from '../bytes.ts';
import { decryptWith } from './ciphertext.ts';
import type { SframeHeader } from './header.ts';
import { ReplayWindow } from './ReplayWindow.ts';
import { SframeError } from './SframeError.ts';
import type { SframeKey } from './SframeKey.ts';

/** Decrypts what one sender encrypted under one key, each frame once. */
export class SframeReceiveKey {
  readonly #key: SframeKey<'decrypt'>;
  readonly #window = new ReplayWindow();
  readonly #life: AbortSignal;

  /** When `life` is aborted the key is dropped: what is being decrypted is refused. */
  constructor(key: SframeKey<'decrypt'>, life: AbortSignal) {
    this.#key = key;
    this.#life = life;
  }

  get kid(): bigint {
    return this.#key.kid;
  }

  /**
   * Calls may overlap: of two copies that are decrypted at the same time, one is refused.
   *
   * @throws SframeError `replayed`, `too-old`, `truncated`, `too-large`, `unauthentic`, `key-dropped`.
   */
  async decrypt(header: SframeHeader, ciphertext: Bytes, metadata: Uint8Array): Promise<Bytes> {
    if (this.#life.aborted) throw new SframeError('key-dropped');
    this.#window.check(header.counter);
    const plaintext = await decryptWith(this.#key, header, ciphertext, metadata);
    if (this.#life.aborted) throw new SframeError('key-dropped');
    this.#window.mark(header.counter);
    return plaintext;
  }
}
