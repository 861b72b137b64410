import { ed25519 } from '../crypto/ed25519.ts';
import { MlsError } from '../errors.ts';
import { decodeAdmission } from './decodeAdmission.ts';
import { encodeAdmissionBinding } from './encodeAdmission.ts';
import type { AdmissionFields } from './HostAdmission.ts';

/**
 * What an admission says, when it is of this meeting and signed by the device that it names. Whether that device is a host's,
 * and whether its time is over, is for whoever asks.
 * @throws MlsError `malformed` or `bad_admission`
 */
export async function verifyAdmission(bytes: Uint8Array, meetingId: string): Promise<AdmissionFields> {
  const admission = decodeAdmission(bytes);
  if (admission.meetingId !== meetingId)
    throw new MlsError('bad_admission', 'an admission to another meeting');
  const { deviceKey } = admission.host;
  const signed = encodeAdmissionBinding(admission);
  if (!(await ed25519.verify(deviceKey, signed, admission.signature)))
    throw new MlsError('bad_admission', 'an admission is not signed by its host');
  return admission;
}
