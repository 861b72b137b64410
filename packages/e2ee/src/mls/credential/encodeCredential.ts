import { bigEndian, concat, opaque16, utf8 } from '../bytes/bytes.ts';
import { MlsError } from '../errors.ts';
import { MLS_LIMITS } from '../limits.ts';
import { encodeIdentity, encodeTime } from './identity.ts';
import type { CredentialFields, MemberCredential } from './MemberCredential.ts';

export const credentialVersion = 1;

/** `CredentialFields` as `MemberCredential.ts` describes them. @throws MlsError `malformed`. */
export function encodeFields(fields: CredentialFields): Uint8Array<ArrayBuffer> {
  return concat(bigEndian(credentialVersion, 2), encodeIdentity(fields), encodeTime(fields.notAfter));
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
  return concat(
    opaque16(utf8(label)),
    encodeMeetingId(meetingId),
    opaque16(leafSignatureKey),
    encodeFields(fields),
  );
}

/** With its length. @throws MlsError `malformed` unless it is 1 to 64 bytes of UTF-8. */
export function encodeMeetingId(meetingId: string): Uint8Array<ArrayBuffer> {
  const meeting = utf8(meetingId);
  if (meeting.length < 1 || meeting.length > MLS_LIMITS.meetingIdBytes)
    throw new MlsError('malformed', 'not a meeting id');
  return opaque16(meeting);
}
