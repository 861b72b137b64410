import { bigEndian, concat, opaque16, utf8 } from '../bytes/bytes.ts';
import { encodeMeetingId } from '../credential/encodeCredential.ts';
import { encodeDeviceKey, encodeIdentity, encodeParticipantId, encodeTime } from '../credential/identity.ts';
import { MlsError } from '../errors.ts';
import {
  type AdmissionFields,
  admissionLifetimeMs,
  type HostAdmission,
  hostAdmissionLabel,
} from './HostAdmission.ts';

export const admissionVersion = 1;

/** `HostAdmission`. @throws MlsError `malformed`. */
export function encodeAdmission(admission: HostAdmission): Uint8Array<ArrayBuffer> {
  return concat(encodeFields(admission), admission.signature);
}

/** `AdmissionBinding`: what the host's device signs. @throws MlsError `malformed`. */
export function encodeAdmissionBinding(fields: AdmissionFields): Uint8Array<ArrayBuffer> {
  return concat(opaque16(utf8(hostAdmissionLabel)), encodeFields(fields));
}

/** @throws MlsError `malformed` when it is over before it begins, or good for longer than any may be. */
export function checkTimes({ issuedAt, notAfter }: Pick<AdmissionFields, 'issuedAt' | 'notAfter'>): void {
  if (notAfter <= issuedAt || notAfter > issuedAt + admissionLifetimeMs)
    throw new MlsError('malformed', 'an admission is good for an impossible time');
}

function encodeFields(fields: AdmissionFields): Uint8Array<ArrayBuffer> {
  checkTimes(fields);
  return concat(
    bigEndian(admissionVersion, 2),
    encodeMeetingId(fields.meetingId),
    encodeIdentity(fields.who),
    encodeTime(fields.issuedAt),
    encodeTime(fields.notAfter),
    encodeParticipantId(fields.host.participantId),
    encodeDeviceKey(fields.host.deviceKey),
  );
}
