import { fromBase64Url } from '../../base64url.ts';
import { bigEndian, concat, opaque16, utf8 } from '../bytes/bytes.ts';
import { MlsError } from '../errors.ts';
import { MLS_LIMITS } from '../limits.ts';
import type { CredentialFields, MemberCredential } from './MemberCredential.ts';
import { isMemberName } from './memberName.ts';

export const credentialVersion = 1;
export const kindCodes = { guest: 1, member: 2 } as const;

const participantIdText = /^[A-Za-z0-9_-]{16}$/;
const uuidText = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `CredentialFields` as `MemberCredential.ts` describes them. @throws MlsError `malformed`. */
export function encodeFields(fields: CredentialFields): Uint8Array<ArrayBuffer> {
  if (!participantIdText.test(fields.participantId)) throw new MlsError('malformed', 'not a participant id');
  if (!isMemberName(fields.name)) throw new MlsError('malformed', 'not a name');
  if (fields.deviceKey.length !== 32) throw new MlsError('malformed', 'not an Ed25519 key');
  if (!Number.isSafeInteger(fields.notAfter) || fields.notAfter < 0)
    throw new MlsError('malformed', 'not a time');
  return concat(
    bigEndian(credentialVersion, 2),
    bigEndian(kindCodes[fields.kind], 1),
    fromBase64Url(fields.participantId),
    opaque16(utf8(fields.name)),
    fields.kind === 'member' ? uuidBytes(fields.accountId) : new Uint8Array(),
    fields.deviceKey,
    bigEndian(fields.notAfter, 8),
  );
}

export function encodeCredential(credential: MemberCredential): Uint8Array<ArrayBuffer> {
  return concat(encodeFields(credential), credential.signature, credential.admissionTag);
}

/** `CredentialBinding`: what the device signs and the tag covers, each under its own label. */
export function encodeBinding(
  label: string,
  meetingId: string,
  leafSignatureKey: Uint8Array,
  fields: CredentialFields,
): Uint8Array<ArrayBuffer> {
  const meeting = utf8(meetingId);
  if (meeting.length < 1 || meeting.length > MLS_LIMITS.meetingIdBytes)
    throw new MlsError('malformed', 'not a meeting id');
  return concat(opaque16(utf8(label)), opaque16(meeting), opaque16(leafSignatureKey), encodeFields(fields));
}

function uuidBytes(uuid: string): Uint8Array<ArrayBuffer> {
  if (!uuidText.test(uuid)) throw new MlsError('malformed', 'not an account id');
  const digits = uuid.replaceAll('-', '');
  return Uint8Array.from({ length: 16 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
}
