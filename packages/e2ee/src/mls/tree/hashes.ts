import type { CiphersuiteImpl, Hash, RatchetTree } from 'ts-mls';
import { encodeLeafNodeHashInput, encodeParentNodeHashInput } from 'ts-mls/treeHash.js';
import { isLeaf, left, nodeToLeafIndex, right, root, type toNodeIndex } from 'ts-mls/treemath.js';
import { MlsError } from '../errors.ts';

type NodeIndex = ReturnType<typeof toNodeIndex>;

/** The root of a full tree of so many nodes. */
export function rootOf(tree: RatchetTree): NodeIndex {
  return root((tree.length + 1) / 2);
}

/**
 * The hash of every node's subtree (RFC 9420 section 7.8), by node index: each once, where the library hashes
 * whole subtrees again for every leaf.
 */
export async function subtreeHashes(tree: RatchetTree, suite: CiphersuiteImpl): Promise<Uint8Array[]> {
  const hashes: Uint8Array[] = [];
  await hashInto(hashes, tree, rootOf(tree), suite.hash);
  return hashes;
}

/** The hash of one subtree. */
export async function subtreeHash(
  tree: RatchetTree,
  index: NodeIndex,
  suite: CiphersuiteImpl,
): Promise<Uint8Array> {
  return await hashInto([], tree, index, suite.hash);
}

async function hashInto(
  hashes: Uint8Array[],
  tree: RatchetTree,
  index: NodeIndex,
  hash: Hash,
): Promise<Uint8Array> {
  const node = tree[index];
  if ((node?.nodeType ?? kindOf(index)) !== kindOf(index))
    throw new MlsError('bad_welcome', 'a node of the tree is in the wrong place');
  const subtree = isLeaf(index)
    ? await hash.digest(
        encodeLeafNodeHashInput({
          nodeType: 'leaf',
          leafIndex: nodeToLeafIndex(index),
          leafNode: node?.nodeType === 'leaf' ? node.leaf : undefined,
        }),
      )
    : await hash.digest(
        encodeParentNodeHashInput({
          nodeType: 'parent',
          parentNode: node?.nodeType === 'parent' ? node.parent : undefined,
          leftHash: await hashInto(hashes, tree, left(index), hash),
          rightHash: await hashInto(hashes, tree, right(index), hash),
        }),
      );
  hashes[index] = subtree;
  return subtree;
}

function kindOf(index: NodeIndex): 'leaf' | 'parent' {
  return isLeaf(index) ? 'leaf' : 'parent';
}
