import { encodeMlsMessage, generateKeyPackageWithKey, type KeyPackage, type PrivateKeyPackage } from 'ts-mls';
import { verifyKeyPackage } from 'ts-mls/keyPackage.js';
import { verifyLeafNodeSignatureKeyPackage } from 'ts-mls/leafNode.js';
import { issueIntroduction } from '../credential/introduction.ts';
import { issueCredential } from '../credential/issueCredential.ts';
import { LIFETIMES, type Lifetime } from '../credential/lifetime.ts';
import type { MemberCredential } from '../credential/MemberCredential.ts';
import { checkEncryptionKey } from '../crypto/encryptionKeys.ts';
import { MlsError } from '../errors.ts';
import { checkLeaf, ourCapabilities } from '../tree/checkLeaf.ts';
import type { Seat } from './Seat.ts';
import { readKeyPackage } from './wire.ts';

const dayS = 86_400;

export interface OwnKeyPackage {
  readonly publicPackage: KeyPackage;
  readonly privatePackage: PrivateKeyPackage;
  /** Who this unnamed leaf is; null for a leaf that says so itself. */
  readonly introduction: Uint8Array<ArrayBuffer> | null;
}

/** A KeyPackage (RFC 9420 section 10) of our profile with a fresh leaf key, bound to the device by its credential. */
export async function makeKeyPackage(seat: Seat): Promise<OwnKeyPackage> {
  const { suite, me, keys, authentication } = seat;
  const leafKeys = await suite.signature.keygen();
  const identity = await issueCredential(me, authentication.meetingId, keys, leafKeys.publicKey);
  const introduction =
    seat.introducing === null
      ? null
      : await issueIntroduction(seat.introducing, authentication.meetingId, keys, leafKeys);
  const now = Math.floor(seat.now() / 1000);
  const made = await generateKeyPackageWithKey(
    { credentialType: 'basic', identity },
    ourCapabilities(seat.suiteName),
    { notBefore: BigInt(now - dayS), notAfter: BigInt(Math.ceil(me.notAfter / 1000)) },
    [],
    leafKeys,
    suite,
  );
  return { ...made, introduction };
}

export function encodeKeyPackage(keyPackage: KeyPackage): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encodeMlsMessage({ keyPackage, wireformat: 'mls_key_package', version: 'mls10' }));
}

export interface CheckedKeyPackage {
  readonly keyPackage: KeyPackage;
  readonly credential: MemberCredential;
}

/**
 * One that we would add.
 * @throws MlsError `bad_key_package`, `bad_credential`, `too_large` or `malformed`.
 */
export async function openKeyPackage(bytes: Uint8Array, seat: Seat): Promise<CheckedKeyPackage> {
  return await checkKeyPackage(readKeyPackage(bytes), seat, LIFETIMES.adding);
}

/**
 * RFC 9420 section 10.1, and the profile: our suite, no extensions, an admitted credential.
 * @throws MlsError `bad_key_package`, `bad_credential` or `malformed`.
 */
export async function checkKeyPackage(
  keyPackage: KeyPackage,
  seat: Seat,
  lifetime: Lifetime,
): Promise<CheckedKeyPackage> {
  const { suite, suiteName, authentication } = seat;
  if (keyPackage.version !== 'mls10' || keyPackage.cipherSuite !== suiteName)
    throw new MlsError('bad_key_package', 'a KeyPackage of another version or suite');
  if (keyPackage.extensions.length > 0) throw new MlsError('bad_key_package', 'a KeyPackage has extensions');
  checkEncryptionKey(keyPackage.initKey);
  const credential = await checkLeaf(keyPackage.leafNode, suiteName, authentication, lifetime);
  const [leafSigned, packageSigned] = await Promise.all([
    verifyLeafNodeSignatureKeyPackage(keyPackage.leafNode, suite.signature),
    verifyKeyPackage(keyPackage, suite.signature),
  ]);
  if (!leafSigned || !packageSigned) throw new MlsError('bad_key_package', 'a KeyPackage is not signed');
  return { keyPackage, credential };
}
