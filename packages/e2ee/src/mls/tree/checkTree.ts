import type { CiphersuiteImpl, GroupContext, RatchetTree } from 'ts-mls';
import { verifyLeafNodeSignature, verifyLeafNodeSignatureKeyPackage } from 'ts-mls/leafNode.js';
import { equalBytes } from '../bytes/bytes.ts';
import type { AuthenticationService } from '../credential/AuthenticationService.ts';
import { checkEncryptionKey } from '../crypto/encryptionKeys.ts';
import type { MlsSuite } from '../crypto/suite.ts';
import { MlsError } from '../errors.ts';
import { checkLeaf } from './checkLeaf.ts';
import { checkUnique } from './checkUnique.ts';
import { rootOf, subtreeHashes } from './hashes.ts';
import { type Leaf, leavesOf } from './leaves.ts';
import { checkParentHashes } from './parentHashes.ts';
import { checkUnmergedLeaves } from './unmergedLeaves.ts';

/**
 * All that a joiner asks of the tree that a Welcome brings (RFC 9420 section 12.4.3.1), and of every leaf our
 * Authentication Service: who is not admitted makes the whole tree refused. Whoever is in it stays as long as they may:
 * a leaf whose time is over does not.
 * @throws MlsError `bad_welcome`, `bad_credential`, `bad_key_package`, `duplicate` or `malformed`.
 */
export async function checkTree(
  tree: RatchetTree,
  context: GroupContext,
  suite: CiphersuiteImpl,
  suiteName: MlsSuite,
  authentication: AuthenticationService,
): Promise<void> {
  const hashes = await subtreeHashes(tree, suite);
  const rootHash = hashes[rootOf(tree)];
  if (rootHash === undefined || !equalBytes(rootHash, context.treeHash))
    throw new MlsError('bad_welcome', 'the tree is not the one that was signed');
  for (const node of tree) {
    if (node?.nodeType === 'parent') checkEncryptionKey(node.parent.hpkePublicKey);
  }
  checkUnmergedLeaves(tree);
  checkUnique(tree);
  await checkParentHashes(tree, hashes, suite);
  await Promise.all(
    leavesOf(tree).map(async (leaf) => {
      await checkLeaf(leaf.node, suiteName, authentication, null);
      if (!(await isSigned(leaf, context.groupId, suite)))
        throw new MlsError('bad_welcome', 'a leaf of the tree is not signed');
    }),
  );
}

async function isSigned(leaf: Leaf, groupId: Uint8Array, suite: CiphersuiteImpl): Promise<boolean> {
  const { node } = leaf;
  return node.leafNodeSource === 'key_package'
    ? await verifyLeafNodeSignatureKeyPackage({ ...node, leafNodeSource: 'key_package' }, suite.signature)
    : await verifyLeafNodeSignature(node, groupId, leaf.leafIndex, suite.signature);
}
