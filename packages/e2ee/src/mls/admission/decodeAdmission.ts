import { ByteReader } from '../bytes/ByteReader.ts';
import { deviceKeyBytes, readIdentity, readParticipantId } from '../credential/identity.ts';
import { MlsError } from '../errors.ts';
import { MLS_LIMITS } from '../limits.ts';
import { admissionVersion, checkTimes } from './encodeAdmission.ts';
import type { HostAdmission } from './HostAdmission.ts';

/** version, meeting, kind, id, a name of 256 bytes, account, key, two times, host's id and key, signature. */
const maximumBytes = 2 + 2 + 64 + 1 + 12 + 2 + 256 + 16 + 32 + 8 + 8 + 12 + 32 + 64;

/**
 * The strict inverse of `encodeAdmission`: one encoding for each value, nothing after the end.
 * Says nothing of signature and meeting, nor of whether its time is over.
 * @throws MlsError `malformed`.
 */
export function decodeAdmission(bytes: Uint8Array): HostAdmission {
  if (bytes.length > maximumBytes) throw new MlsError('malformed', 'an admission is too long');
  const reader = new ByteReader(bytes);
  if (reader.uint16() !== admissionVersion)
    throw new MlsError('malformed', 'an admission of another version');
  const meetingId = decodeMeetingId(reader.opaque16(1, MLS_LIMITS.meetingIdBytes));
  const who = readIdentity(reader);
  const times = { issuedAt: reader.uint64(), notAfter: reader.uint64() };
  checkTimes(times);
  const host = { participantId: readParticipantId(reader), deviceKey: reader.take(deviceKeyBytes) };
  const signature = reader.take(64);
  reader.end();
  return { meetingId, who, ...times, host, signature };
}

function decodeMeetingId(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new MlsError('malformed', 'a meeting id is not UTF-8');
  }
}
