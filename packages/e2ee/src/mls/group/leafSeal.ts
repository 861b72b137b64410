import type { CiphersuiteImpl, ClientState, RatchetTree } from 'ts-mls';
import { decryptWithLabel, encryptWithLabel } from 'ts-mls/crypto/hpke.js';
import { bigEndian, concat, opaque16, owned } from '../bytes/bytes.ts';
import { asMlsError, MlsError } from '../errors.ts';
import { leafNodeAt } from '../tree/leaves.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** A text that one member alone can open: HPKECiphertext (RFC 9420 section 7.6). */
export interface LeafSealed {
  readonly kemOutput: Bytes;
  readonly ciphertext: Bytes;
}

/** From whom to whom, when, by which nothing that was sealed can be passed off as something else. */
export interface LeafSealPlace {
  readonly groupId: Uint8Array;
  readonly epoch: bigint;
  /** Leaf indexes. */
  readonly sender: number;
  readonly recipient: number;
}

/**
 * EncryptWithLabel (RFC 9420 section 5.1.3) to a leaf's encryption key; the context is
 * `struct { opaque group_id<1..64>; uint64 epoch; uint32 sender; uint32 recipient; }`.
 * @throws MlsError `not_a_member` for a leaf that is blank.
 */
export async function sealToLeaf(
  tree: RatchetTree,
  place: LeafSealPlace,
  label: string,
  text: Bytes,
  { hpke }: CiphersuiteImpl,
): Promise<LeafSealed> {
  const leaf = leafNodeAt(tree, place.recipient);
  if (leaf === undefined) throw new MlsError('not_a_member', 'a text for a leaf that is blank');
  const key = await hpke.importPublicKey(leaf.hpkePublicKey);
  const { enc, ct } = await encryptWithLabel(key, label, contextOf(place), text, hpke);
  return { kemOutput: owned(enc), ciphertext: owned(ct) };
}

/** What `sealToLeaf` sealed to whoever has this key. @throws MlsError `bad_message` when it was for somebody else. */
export async function openAtLeaf(
  privateKey: Uint8Array,
  place: LeafSealPlace,
  label: string,
  { kemOutput, ciphertext }: LeafSealed,
  { hpke }: CiphersuiteImpl,
): Promise<Bytes> {
  try {
    const key = await hpke.importPrivateKey(privateKey);
    return owned(await decryptWithLabel(key, label, contextOf(place), kemOutput, ciphertext, hpke));
  } catch (error) {
    throw asMlsError(error, 'bad_message', 'a text does not open');
  }
}

function contextOf({ groupId, epoch, sender, recipient }: LeafSealPlace): Bytes {
  return concat(
    opaque16(groupId),
    bigEndian(Number(epoch), 8),
    bigEndian(sender, 4),
    bigEndian(recipient, 4),
  );
}

/**
 * The private keys of our leaf of epochs that are over: what was sealed to us before a commit of our own may come after
 * it. They are kept exactly as long as the keys by which such a message opens at all.
 */
export class FormerLeafKeys {
  readonly #keys = new Map<bigint, Uint8Array>();

  /** Another epoch begins: `before` is over. */
  keep(before: ClientState, now: ClientState): void {
    const key = leafKeyOf(before);
    if (key !== null) this.#keys.set(before.groupContext.epoch, owned(key));
    this.forgetAllBut(now);
  }

  forgetAllBut({ historicalReceiverData }: ClientState): void {
    for (const [epoch, key] of this.#keys) {
      if (historicalReceiverData.has(epoch)) continue;
      key.fill(0);
      this.#keys.delete(epoch);
    }
  }

  at(epoch: bigint): Uint8Array | null {
    return this.#keys.get(epoch) ?? null;
  }

  wipe(): void {
    for (const key of this.#keys.values()) key.fill(0);
    this.#keys.clear();
  }
}

/** Of the epoch of this state. */
export function leafKeyOf({ privatePath }: ClientState): Uint8Array | null {
  return privatePath.privateKeys[privatePath.leafIndex * 2] ?? null;
}
