import type { CiphersuiteImpl, RatchetTree } from 'ts-mls';
import { encodeParentHashInput } from 'ts-mls/parentHash.js';
import { removeLeaves, resolution } from 'ts-mls/ratchetTree.js';
import { leafToNodeIndex, left, right, toLeafIndex, toNodeIndex } from 'ts-mls/treemath.js';
import { equalBytes } from '../bytes/bytes.ts';
import { MlsError } from '../errors.ts';
import { subtreeHash } from './hashes.ts';

type NodeIndex = ReturnType<typeof toNodeIndex>;

/**
 * Every parent that is not blank was made by a member below it (RFC 9420 section 7.9.2), so nobody planted a key.
 * @param hashes of all subtrees, from `subtreeHashes`.
 * @throws MlsError `bad_welcome`.
 */
export async function checkParentHashes(
  tree: RatchetTree,
  hashes: readonly Uint8Array[],
  suite: CiphersuiteImpl,
): Promise<void> {
  for (const [index, node] of tree.entries()) {
    if (node?.nodeType !== 'parent') continue;
    const parent = toNodeIndex(index);
    const sides = [
      [left(parent), right(parent)],
      [right(parent), left(parent)],
    ] as const;
    let valid = false;
    for (const [child, sibling] of sides) {
      valid ||= await comesFrom(
        tree,
        parent,
        child,
        await originalSiblingHash(tree, hashes, parent, sibling, suite),
        suite,
      );
    }
    if (!valid) throw new MlsError('bad_welcome', 'a parent of the tree was made by no member');
  }
}

/** Section 7.9.2: D is in the resolution of C, names P's hash, and the rest of that resolution is unmerged at P. */
async function comesFrom(
  tree: RatchetTree,
  parent: NodeIndex,
  child: NodeIndex,
  siblingHash: Uint8Array,
  suite: CiphersuiteImpl,
): Promise<boolean> {
  const node = tree[parent];
  if (node?.nodeType !== 'parent') return false;
  const { hpkePublicKey: encryptionKey, parentHash, unmergedLeaves } = node.parent;
  const expected = await suite.hash.digest(
    encodeParentHashInput({ encryptionKey, parentHash, originalSiblingTreeHash: siblingHash }),
  );
  const unmerged = new Set<number>(unmergedLeaves.map((leaf) => leafToNodeIndex(toLeafIndex(leaf))));
  const resolved = resolution(tree, child);
  const merged = resolved.filter((index) => !unmerged.has(index));
  const [only] = merged;
  return only !== undefined && merged.length === 1 && equalBytes(parentHashOf(tree, only), expected);
}

function parentHashOf(tree: RatchetTree, index: NodeIndex): Uint8Array {
  const node = tree[index];
  if (node?.nodeType === 'parent') return node.parent.parentHash;
  return node?.leaf.leafNodeSource === 'commit' ? node.leaf.parentHash : new Uint8Array();
}

/** Section 7.9: as the sibling was when P was set, without the leaves that came after. */
async function originalSiblingHash(
  tree: RatchetTree,
  hashes: readonly Uint8Array[],
  parent: NodeIndex,
  sibling: NodeIndex,
  suite: CiphersuiteImpl,
): Promise<Uint8Array> {
  const node = tree[parent];
  const unmerged = node?.nodeType === 'parent' ? node.parent.unmergedLeaves : [];
  const present = hashes[sibling];
  if (unmerged.length === 0 && present !== undefined) return present;
  return await subtreeHash(removeLeaves(tree, unmerged.map(toLeafIndex)), sibling, suite);
}
