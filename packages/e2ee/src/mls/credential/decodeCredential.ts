import { toBase64Url } from '../../base64url.ts';
import { ByteReader } from '../bytes/ByteReader.ts';
import { MlsError } from '../errors.ts';
import { credentialVersion, kindCodes } from './encodeCredential.ts';
import type { MemberCredential } from './MemberCredential.ts';
import { isMemberName } from './memberName.ts';

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
  const kind = reader.uint8();
  const participantId = toBase64Url(reader.take(12));
  const name = decodeName(reader.opaque16(1, 256));
  const account =
    kind === kindCodes.member ? { kind: 'member' as const, accountId: uuidOf(reader.take(16)) } : null;
  if (account === null && kind !== kindCodes.guest)
    throw new MlsError('malformed', 'a credential of no known kind');
  const common = { participantId, name, deviceKey: reader.take(32), notAfter: reader.uint64() };
  const proofs = { signature: reader.take(64), admissionTag: reader.take(32) };
  reader.end();
  return { ...(account ?? { kind: 'guest' as const }), ...common, ...proofs };
}

function decodeName(bytes: Uint8Array): string {
  let name: string;
  try {
    name = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new MlsError('malformed', 'a name is not UTF-8');
  }
  if (!isMemberName(name)) throw new MlsError('malformed', 'not a name');
  return name;
}

function uuidOf(bytes: Uint8Array): string {
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
