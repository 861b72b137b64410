import { devicePublicKey } from '../credential/deviceKey.ts';
import { identityOf, type MemberIdentity } from '../credential/identity.ts';
import { encodeAdmission, encodeAdmissionBinding } from './encodeAdmission.ts';
import { admissionLifetimeMs } from './HostAdmission.ts';

/** Who lets people in: a host, by the device of their own credential. */
export interface SigningHost {
  readonly participantId: string;
  readonly device: CryptoKeyPair;
}

/**
 * The encoded admission of somebody who waits.
 * @param issuedAt ms since 1970
 * @throws MlsError `malformed` when a field is not as the grammar says
 */
export async function signAdmission(
  meetingId: string,
  admitted: MemberIdentity,
  { participantId: hostId, device }: SigningHost,
  issuedAt: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const who = identityOf(admitted);
  const host = { participantId: hostId, deviceKey: await devicePublicKey(device) };
  const fields = { meetingId, who, issuedAt, notAfter: issuedAt + admissionLifetimeMs, host };
  const signature = await crypto.subtle.sign('Ed25519', device.privateKey, encodeAdmissionBinding(fields));
  return encodeAdmission({ ...fields, signature: new Uint8Array(signature) });
}
