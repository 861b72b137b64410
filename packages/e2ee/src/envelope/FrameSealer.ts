import type { Bytes } from '../bytes.ts';
import { decodeHeader } from '../sframe/header.ts';
import type { MlsSframeKeys } from '../sframe/MlsSframeKeys.ts';
import type { FrameFact } from '../source-authentication/FrameFact.ts';
import { frameHash } from '../source-authentication/frameHash.ts';
import { EnvelopeError } from './EnvelopeError.ts';
import { ENVELOPES } from './envelopes.ts';
import { canCarry, type Frame, SOURCE_CONTEXT } from './frame.ts';
import { metadataOf } from './metadata.ts';

/** What goes to the packetizer, and what there is to sign of it. */
export interface SealedFrame {
  readonly data: Bytes;
  readonly fact: FrameFact;
}

/** Makes of an encoded frame what goes to the packetizer: SFrame under the sender's key, in the codec's envelope. */
export class FrameSealer {
  readonly #keys: MlsSframeKeys;

  constructor(keys: MlsSframeKeys) {
    this.#keys = keys;
  }

  /**
   * Every frame is encrypted, whatever its size.
   *
   * @throws SframeError `unknown-key` while no epoch is sent in, `counter-exhausted`, `key-dropped`, `too-large`;
   *   EnvelopeError `wrong-source`. The frame must then be dropped, never sent as it is.
   */
  async seal(frame: Frame): Promise<Bytes> {
    return (await this.sealListed(frame)).data;
  }

  /** As `seal`, with what a list of sent frames says of it. */
  async sealListed({ source, codec, type, data }: Frame): Promise<SealedFrame> {
    if (!canCarry(codec, source)) throw new EnvelopeError('wrong-source');
    const envelope = ENVELOPES[codec];
    const clear = envelope.clear(type, data);
    const metadata = metadataOf(codec, type, clear);
    const { epoch, sender } = await this.#keys.sending(SOURCE_CONTEXT[source]);
    const payload = await sender.encrypt(data, metadata);
    const { counter } = decodeHeader(payload);
    return {
      data: envelope.wrap(clear, payload),
      fact: { epoch, counter, hash: frameHash(metadata, payload) },
    };
  }
}
