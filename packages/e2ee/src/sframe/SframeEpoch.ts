import type { Bytes } from '../bytes.ts';
import type { CipherSuite } from './cipherSuite.ts';
import { kidOf } from './mlsKid.ts';
import { SframeError } from './SframeError.ts';
import { deriveSframeKey, importBaseKey } from './SframeKey.ts';
import { SframeReceiveKey } from './SframeReceiveKey.ts';
import { SframeSender } from './SframeSender.ts';

/** What the group gives for one epoch. */
export interface EpochInput {
  /** Of the group, 64 bits. */
  readonly epoch: bigint;
  /** MLS-Exporter("SFrame 1.0 Base Key", "", Nk) (RFC 9605, section 5.2). Copied; the caller may wipe it. */
  readonly baseKey: Bytes;
  /** The leaves of the tree that are not blank. Nobody else is decrypted. */
  readonly members: Iterable<number>;
  readonly ownLeaf: number;
}

/** The keys of one epoch, derived when they are first used. */
export class SframeEpoch {
  readonly epoch: bigint;
  /** Rejects when the base key was not taken. */
  readonly ready: Promise<unknown>;
  readonly #suite: CipherSuite;
  readonly #baseKey: Promise<CryptoKey>;
  readonly #members: ReadonlySet<number>;
  readonly #ownLeaf: number;
  readonly #life = new AbortController();
  /** By context: a second sender for one would begin at counter 0 again. */
  readonly #senders = new Map<number, Promise<SframeSender>>();
  readonly #receiveKeys = new Map<bigint, Promise<SframeReceiveKey>>();

  constructor(suite: CipherSuite, { epoch, baseKey, members, ownLeaf }: EpochInput) {
    this.epoch = epoch;
    this.#suite = suite;
    this.#members = new Set(members);
    this.#ownLeaf = ownLeaf;
    const copy = baseKey.slice();
    this.#baseKey = importBaseKey(suite, copy).finally(() => copy.fill(0));
    this.ready = this.#baseKey;
  }

  /** The one sender of a context. @throws SframeError `invalid-kid`. */
  sender(contextId: number): Promise<SframeSender> {
    let sender = this.#senders.get(contextId);
    if (sender === undefined) {
      sender = this.#makeSender(contextId);
      this.#senders.set(contextId, sender);
    }
    return sender;
  }

  /** @throws SframeError `unknown-sender` for a leaf that is blank or our own: our own frames never come back. */
  receiveKey(kid: bigint, leafIndex: number): Promise<SframeReceiveKey> {
    if (leafIndex === this.#ownLeaf || !this.#members.has(leafIndex)) throw new SframeError('unknown-sender');
    let key = this.#receiveKeys.get(kid);
    if (key === undefined) {
      key = this.#makeReceiveKey(kid);
      this.#receiveKeys.set(kid, key);
    }
    return key;
  }

  /** From now on nothing is encrypted or decrypted, and what is being decrypted is refused. */
  drop(): void {
    this.#life.abort();
    this.#receiveKeys.clear();
  }

  async #makeSender(contextId: number): Promise<SframeSender> {
    const kid = kidOf({ epoch: this.epoch, leafIndex: this.#ownLeaf, contextId });
    const key = await deriveSframeKey(this.#suite, await this.#baseKey, kid, 'encrypt');
    return new SframeSender(key, this.#life.signal);
  }

  async #makeReceiveKey(kid: bigint): Promise<SframeReceiveKey> {
    const key = await deriveSframeKey(this.#suite, await this.#baseKey, kid, 'decrypt');
    return new SframeReceiveKey(key, this.#life.signal);
  }
}
