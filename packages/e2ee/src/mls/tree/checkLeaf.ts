import type { Capabilities, LeafNode } from 'ts-mls';
import type { AuthenticationService } from '../credential/AuthenticationService.ts';
import type { Lifetime } from '../credential/lifetime.ts';
import type { MemberCredential } from '../credential/MemberCredential.ts';
import { checkEncryptionKey } from '../crypto/encryptionKeys.ts';
import type { MlsSuite } from '../crypto/suite.ts';
import { MlsError } from '../errors.ts';
import { identityOf } from './leaves.ts';

/** What every leaf of ours can do, and all that it may say it can. */
export function ourCapabilities(suite: MlsSuite): Capabilities {
  return {
    versions: ['mls10'],
    ciphersuites: [suite],
    extensions: [],
    proposals: [],
    credentials: ['basic'],
  };
}

/**
 * A leaf of our profile (RFC 9420 section 7.3): no extensions, our capabilities and no other, a valid credential.
 * Its own signature is not checked here.
 * @throws MlsError `malformed`, `bad_credential` or `bad_key_package`.
 */
export async function checkLeaf(
  node: LeafNode,
  suite: MlsSuite,
  authentication: AuthenticationService,
  lifetime: Lifetime | null,
): Promise<MemberCredential> {
  if (node.extensions.length > 0) throw new MlsError('bad_key_package', 'a leaf has extensions');
  if (JSON.stringify(node.capabilities) !== JSON.stringify(ourCapabilities(suite)))
    throw new MlsError('bad_key_package', 'a leaf has other capabilities');
  checkEncryptionKey(node.hpkePublicKey);
  return await authentication.verify(identityOf(node), node.signaturePublicKey, lifetime);
}
