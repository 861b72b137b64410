import type { LeafNode, RatchetTree } from 'ts-mls';
import { decodeCredential } from '../credential/decodeCredential.ts';
import type { MemberCredential } from '../credential/MemberCredential.ts';
import { MlsError } from '../errors.ts';

/** A leaf that is not blank, with its credential decoded (not verified). */
export interface Leaf {
  readonly leafIndex: number;
  readonly node: LeafNode;
  readonly credential: MemberCredential;
}

// Trees share the leaves that a commit does not touch, and nobody writes to them.
const decoded = new WeakMap<LeafNode, MemberCredential>();

/** Nodes of a tree in an array: leaf k is node 2k (RFC 9420 appendix C). */
export function leafNodeAt(tree: RatchetTree, leafIndex: number): LeafNode | undefined {
  const node = tree[leafIndex * 2];
  return node?.nodeType === 'leaf' ? node.leaf : undefined;
}

/** @throws MlsError `malformed` when a credential is not in our grammar. */
export function leavesOf(tree: RatchetTree): Leaf[] {
  const leaves: Leaf[] = [];
  for (let leafIndex = 0; leafIndex * 2 < tree.length; leafIndex++) {
    const node = leafNodeAt(tree, leafIndex);
    if (node !== undefined) leaves.push({ leafIndex, node, credential: credentialOf(node) });
  }
  return leaves;
}

/** @throws MlsError `malformed` when the credential is not a basic one. */
export function identityOf(node: LeafNode): Uint8Array {
  const { credential } = node;
  if (credential.credentialType !== 'basic' || !('identity' in credential))
    throw new MlsError('malformed', 'a credential is not a basic one');
  return credential.identity;
}

function credentialOf(node: LeafNode): MemberCredential {
  const known = decoded.get(node);
  if (known !== undefined) return known;
  const credential = decodeCredential(identityOf(node));
  decoded.set(node, credential);
  return credential;
}
