import type { Bytes } from '../bytes.ts';
import type { MlsSframeKeys } from '../sframe/MlsSframeKeys.ts';
import { frameHash } from '../source-authentication/frameHash.ts';
import { EnvelopeError } from './EnvelopeError.ts';
import { ENVELOPES } from './envelopes.ts';
import { type Codec, canCarry, type FrameType, type Source, sourceOf } from './frame.ts';
import { metadataOf } from './metadata.ts';

/** A frame as its sender's encoder made it, and what is proved of it. */
export interface OpenedFrame {
  readonly data: Bytes;
  /** As the sender said; null for sound. */
  readonly type: FrameType;
  readonly source: Source;
  /** The sender. The caller must see to it that this is whom the frame is shown as. */
  readonly leafIndex: number;
  readonly epoch: bigint;
  /** The sender's number of this frame, counted for each epoch and source. */
  readonly counter: bigint;
  /** Of the ciphertext, as its sender lists it. */
  readonly hash: bigint;
}

/** Takes received frames out of their envelopes and decrypts them, or refuses them: nothing passes as it came. */
export class FrameOpener {
  readonly #keys: MlsSframeKeys;

  constructor(keys: MlsSframeKeys) {
    this.#keys = keys;
  }

  /**
   * `codec` is what the receiver's browser takes the frame for; a frame that was sent in another one is refused.
   *
   * @throws EnvelopeError `malformed-envelope`, `wrong-source`; SframeError, every code of receiving.
   */
  async open({ codec, data }: { readonly codec: Codec; readonly data: Bytes }): Promise<OpenedFrame> {
    const { type, clear, payload } = ENVELOPES[codec].unwrap(data);
    const metadata = metadataOf(codec, type, clear);
    const opened = await this.#keys.decrypt(payload, metadata);
    const source = sourceOf(opened.contextId);
    if (source === undefined || !canCarry(codec, source)) throw new EnvelopeError('wrong-source');
    const { plaintext, leafIndex, epoch, counter } = opened;
    return { data: plaintext, type, source, leafIndex, epoch, counter, hash: frameHash(metadata, payload) };
  }
}
