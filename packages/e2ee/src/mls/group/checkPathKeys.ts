import type { ClientState } from 'ts-mls';
import { equalBytes } from '../bytes/bytes.ts';
import { importPrivateKey, rawPublicKeyOf } from '../crypto/x25519.ts';
import { MlsError } from '../errors.ts';

/**
 * Each private key that a commit has given us belongs to the public key of its node (RFC 9420 section 7.5): the library does
 * not compare them. With others the commit would be followed, and the next member's commit would be the one that nobody
 * can read.
 * @throws MlsError `bad_commit`.
 */
export async function checkPathKeys(before: ClientState, after: ClientState): Promise<void> {
  const former = before.privatePath.privateKeys;
  await Promise.all(
    Object.entries(after.privatePath.privateKeys).map(async ([index, key]) => {
      const known = former[Number(index)];
      const node = after.ratchetTree[Number(index)];
      if (node?.nodeType !== 'parent' || (known !== undefined && equalBytes(known, key))) return;
      const derived = await rawPublicKeyOf(await importPrivateKey(key));
      if (!equalBytes(derived, node.parent.hpkePublicKey))
        throw new MlsError('bad_commit', 'a path secret does not open the keys of the tree');
    }),
  );
}
