import type { CiphersuiteImpl, RatchetTree } from 'ts-mls';
import { verifyWithLabel } from 'ts-mls/crypto/signature.js';
import { equalBytes, owned } from '../bytes/bytes.ts';
import { leavesOf } from '../tree/leaves.ts';

/** The signature keys of one epoch's leaves, for as long as somebody wants to check what was signed in it. */
export class LeafSignatures {
  readonly #keys: ReadonlyMap<number, Uint8Array<ArrayBuffer>>;
  readonly #suite: CiphersuiteImpl;

  constructor(tree: RatchetTree, suite: CiphersuiteImpl) {
    this.#keys = new Map(
      leavesOf(tree).map(({ leafIndex, node }) => [leafIndex, owned(node.signaturePublicKey)]),
    );
    this.#suite = suite;
  }

  /** VerifyWithLabel (RFC 9420 section 5.1.2). False also for a leaf that is blank. */
  async verify(
    leafIndex: number,
    label: string,
    content: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean> {
    const key = this.#keys.get(leafIndex);
    if (key === undefined) return false;
    // The library imports the key each time and throws for one that is none.
    return await verifyWithLabel(key, label, content, signature, this.#suite.signature).catch(() => false);
  }

  /** Whether a leaf is the same member's in another epoch. */
  agreesWith(other: LeafSignatures, leafIndex: number): boolean {
    const [one, its] = [this.#keys.get(leafIndex), other.#keys.get(leafIndex)];
    return one !== undefined && its !== undefined && equalBytes(one, its);
  }
}
