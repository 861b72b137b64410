import { ByteReader } from '../bytes/ByteReader.ts';
import { MlsError } from '../errors.ts';
import { credentialVersion } from './encodeCredential.ts';
import { readIdentity } from './identity.ts';
import type { MemberCredential } from './MemberCredential.ts';

/** version, kind, id, a name of 256 bytes, account, key, time, signature, tag: nothing longer is a credential. */
const maximumBytes = 2 + 1 + 12 + 2 + 256 + 16 + 32 + 8 + 64 + 32;

/**
 * The strict inverse of `encodeCredential`: one encoding for each value, nothing after the end.
 * Says nothing of signature, tag and time.
 * @throws MlsError `malformed`.
 */
export function decodeCredential(identity: Uint8Array): MemberCredential {
  if (identity.length > maximumBytes) throw new MlsError('malformed', 'a credential is too long');
  const reader = new ByteReader(identity);
  if (reader.uint16() !== credentialVersion)
    throw new MlsError('malformed', 'a credential of another version');
  const who = readIdentity(reader);
  const notAfter = reader.uint64();
  const proofs = { signature: reader.take(64), admissionTag: reader.take(32) };
  reader.end();
  return { ...who, notAfter, ...proofs };
}
