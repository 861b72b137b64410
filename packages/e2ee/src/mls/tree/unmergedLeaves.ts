import type { RatchetTree } from 'ts-mls';
import { directPath, isLeaf, leafToNodeIndex, toLeafIndex, toNodeIndex } from 'ts-mls/treemath.js';
import { MlsError } from '../errors.ts';

/**
 * RFC 9420 sections 7.1 and 12.4.3.1: a parent's unmerged leaves are sorted, are its descendants and not blank, and
 * every node between that is not blank names them too. The library asks more, that all of a leaf's ancestors
 * have the same list, and so refuses honest trees in which somebody re-keyed the root after a leaf was added.
 * @throws MlsError `bad_welcome`.
 */
export function checkUnmergedLeaves(tree: RatchetTree): void {
  for (const [index, node] of tree.entries()) {
    if (isLeaf(toNodeIndex(index)) || node?.nodeType !== 'parent') continue;
    let last = -1;
    for (const leafIndex of node.parent.unmergedLeaves) {
      if (leafIndex <= last) refuse('unmerged leaves are not sorted');
      last = leafIndex;
      checkUnmergedLeaf(tree, index, leafIndex);
    }
  }
}

function checkUnmergedLeaf(tree: RatchetTree, parentIndex: number, leafIndex: number): void {
  const leaf = leafToNodeIndex(toLeafIndex(leafIndex));
  if (tree[leaf]?.nodeType !== 'leaf') refuse('an unmerged leaf is blank');
  const path: number[] = directPath(leaf, (tree.length + 1) / 2);
  const between = path.indexOf(parentIndex);
  if (between < 0) refuse('an unmerged leaf is elsewhere');
  for (const index of path.slice(0, between)) {
    const node = tree[index];
    if (node?.nodeType === 'parent' && !node.parent.unmergedLeaves.includes(leafIndex))
      refuse('a node between forgets an unmerged leaf');
  }
}

function refuse(text: string): never {
  throw new MlsError('bad_welcome', text);
}
