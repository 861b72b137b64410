import type { Bytes } from '../bytes.ts';
import type { CipherSuite } from './cipherSuite.ts';
import { decodeHeader } from './header.ts';
import { epochBitsOf, parseKid } from './mlsKid.ts';
import { type EpochInput, SframeEpoch } from './SframeEpoch.ts';
import { SframeError } from './SframeError.ts';
import type { SframeSender } from './SframeSender.ts';

/** Contexts that a member may send in: 0 to 3. It bounds the keys that forged key ids can make us derive. */
const MAX_CONTEXT = 3;

/** A decrypted frame and what its key proves of it: that a member of the epoch made it, who claims to be this leaf. */
export interface MlsSframePlaintext {
  readonly plaintext: Bytes;
  readonly epoch: bigint;
  readonly leafIndex: number;
  readonly contextId: number;
  readonly counter: bigint;
}

/**
 * SFrame under the keys of an MLS group (RFC 9605, section 5.2). One object for one membership of one group, as long as
 * it lasts: a second one for the same leaf and epoch would repeat counters.
 */
export class MlsSframeKeys {
  readonly #suite: CipherSuite;
  /** By the low bits of the epoch: one that comes with the same bits takes the place of the old one. */
  readonly #epochs = new Map<number, SframeEpoch>();
  #newest = -1n;
  #newestSent = -1n;
  #sendingEpoch: SframeEpoch | null = null;

  constructor(suite: CipherSuite) {
    this.#suite = suite;
  }

  /**
   * From now on frames of this epoch can be decrypted. Sending goes on in the old one until `sendIn`.
   *
   * @throws SframeError `stale-epoch` unless it is newer than all before it, dropped ones too; `invalid-key`.
   */
  async addEpoch(input: EpochInput): Promise<void> {
    if (input.epoch <= this.#newest) throw new SframeError('stale-epoch');
    this.#newest = input.epoch;
    const epoch = new SframeEpoch(this.#suite, input);
    const bits = epochBitsOf(input.epoch);
    const former = this.#epochs.get(bits);
    if (former !== undefined) this.dropEpoch(former.epoch);
    this.#epochs.set(bits, epoch);
    try {
      await epoch.ready;
    } catch (error) {
      this.dropEpoch(input.epoch);
      throw error;
    }
  }

  /** Forgets an epoch's keys; what is being decrypted with them is refused. Nothing happens when they are gone already. */
  dropEpoch(epoch: bigint): void {
    const bits = epochBitsOf(epoch);
    const found = this.#epochs.get(bits);
    if (found === undefined || found.epoch !== epoch) return;
    this.#epochs.delete(bits);
    if (this.#sendingEpoch === found) this.#sendingEpoch = null;
    found.drop();
  }

  /**
   * Frames are sent in this epoch from now on.
   *
   * @throws SframeError `unknown-key` when it was not added or is dropped, `stale-epoch` when a newer one was sent in.
   */
  sendIn(epoch: bigint): void {
    const found = this.#epochs.get(epochBitsOf(epoch));
    if (found === undefined || found.epoch !== epoch) throw new SframeError('unknown-key');
    if (epoch < this.#newestSent) throw new SframeError('stale-epoch');
    this.#newestSent = epoch;
    this.#sendingEpoch = found;
  }

  /**
   * The sender of a context (0 to 3) in the epoch that is sent in; the same one each time. Ask again for each frame.
   *
   * @throws SframeError `unknown-key` when no epoch is sent in, `invalid-kid` for another context.
   */
  async sender(contextId: number): Promise<SframeSender> {
    return (await this.sending(contextId)).sender;
  }

  /** The sender with the epoch that it is of. @throws SframeError as `sender`. */
  async sending(contextId: number): Promise<{ readonly epoch: bigint; readonly sender: SframeSender }> {
    if (this.#sendingEpoch === null) throw new SframeError('unknown-key');
    if (contextId > MAX_CONTEXT) throw new SframeError('invalid-kid');
    const { epoch } = this.#sendingEpoch;
    return { epoch, sender: await this.#sendingEpoch.sender(contextId) };
  }

  /**
   * @throws SframeError, every code of receiving: `unknown-key` when the epoch is not here (it may still come),
   *   `unknown-sender` when the leaf is not a member's, or our own.
   */
  async decrypt(ciphertext: Bytes, metadata: Uint8Array): Promise<MlsSframePlaintext> {
    const header = decodeHeader(ciphertext);
    const { epochBits, leafIndex, contextId } = parseKid(header.kid);
    const epoch = this.#epochs.get(epochBits);
    if (epoch === undefined) throw new SframeError('unknown-key');
    if (contextId > MAX_CONTEXT) throw new SframeError('unknown-sender');
    const key = await epoch.receiveKey(header.kid, leafIndex);
    const plaintext = await key.decrypt(header, ciphertext, metadata);
    return { plaintext, epoch: epoch.epoch, leafIndex, contextId, counter: header.counter };
  }

  /** Forgets everything. */
  close(): void {
    for (const { epoch } of [...this.#epochs.values()]) this.dropEpoch(epoch);
  }
}
