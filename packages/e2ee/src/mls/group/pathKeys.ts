import type { CiphersuiteImpl, RatchetTree } from 'ts-mls';
import { deriveSecret } from 'ts-mls/crypto/kdf.js';
import { pathToRoot } from 'ts-mls/pathSecrets.js';
import { toLeafIndex, toNodeIndex } from 'ts-mls/treemath.js';
import { firstCommonAncestor } from 'ts-mls/updatePath.js';
import { equalBytes } from '../bytes/bytes.ts';
import { MlsError } from '../errors.ts';

/**
 * The private keys that a Welcome's path secret opens to a joiner, by node index: from the lowest node it has in
 * common with the committer up to the root. Each must belong to the public key in the tree
 * (RFC 9420 section 12.4.3.1).
 * @param pathSecret undefined when the commit had no UpdatePath: then there are none.
 * @throws MlsError `bad_welcome`.
 */
export async function pathKeysOf(
  tree: RatchetTree,
  ownLeaf: number,
  committer: number,
  pathSecret: Uint8Array | undefined,
  suite: CiphersuiteImpl,
): Promise<Record<number, Uint8Array>> {
  const keys: Record<number, Uint8Array> = {};
  if (pathSecret === undefined) return keys;
  const ancestor = firstCommonAncestor(tree, toLeafIndex(ownLeaf), toLeafIndex(committer));
  const secrets = await pathToRoot(tree, ancestor, pathSecret, suite.kdf);
  for (const [index, secret] of Object.entries(secrets)) {
    const node = tree[toNodeIndex(Number(index))];
    // The library derives a secret for the root even when the root is blank (all others are below one child).
    if (node === undefined) continue;
    const pair = await suite.hpke.deriveKeyPair(await deriveSecret(secret, 'node', suite.kdf));
    const derived = await suite.hpke.exportPublicKey(pair.publicKey);
    if (node.nodeType !== 'parent' || !equalBytes(node.parent.hpkePublicKey, derived))
      throw new MlsError('bad_welcome', "a path secret does not open the tree's keys");
    keys[Number(index)] = await suite.hpke.exportPrivateKey(pair.privateKey);
  }
  return keys;
}
