import { devicePublicKey } from './deviceKey.ts';
import { encodeBinding, encodeCredential } from './encodeCredential.ts';
import type { MeetingKeys } from './MeetingKeys.ts';
import type { CredentialFields, GuestFields, MemberFields } from './MemberCredential.ts';

export const credentialLabel = 'Conclave credential v1';
export const admissionLabel = 'Conclave admission v1';

/** Who joins: the fields of a credential, with the device's key pair in place of its public key. */
export type Joiner = (Omit<GuestFields, 'deviceKey'> | Omit<MemberFields, 'deviceKey'>) & {
  readonly device: CryptoKeyPair;
};

/** The encoded credential of a leaf. @throws MlsError `malformed` when a field is not as the grammar says. */
export async function issueCredential(
  joiner: Joiner,
  meetingId: string,
  keys: MeetingKeys,
  leafSignatureKey: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const fields = await fieldsOf(joiner);
  const binding = (label: string) => encodeBinding(label, meetingId, leafSignatureKey, fields);
  const [signature, tag] = await Promise.all([
    crypto.subtle.sign('Ed25519', joiner.device.privateKey, binding(credentialLabel)),
    crypto.subtle.sign('HMAC', keys.admission, binding(admissionLabel)),
  ]);
  return encodeCredential({
    ...fields,
    signature: new Uint8Array(signature),
    admissionTag: new Uint8Array(tag),
  });
}

async function fieldsOf(joiner: Joiner): Promise<CredentialFields> {
  const deviceKey = await devicePublicKey(joiner.device);
  const { participantId, name, notAfter } = joiner;
  const common = { participantId, name, notAfter, deviceKey };
  return joiner.kind === 'member'
    ? { kind: 'member', accountId: joiner.accountId, ...common }
    : { kind: 'guest', ...common };
}
