import { devicePublicKey } from './deviceKey.ts';
import { encodeBinding, encodeCredential } from './encodeCredential.ts';
import type { MeetingKeys } from './MeetingKeys.ts';
import type { CredentialFields, GuestFields, MemberFields, UnnamedFields } from './MemberCredential.ts';

export const credentialLabel = 'Conclave credential v1';
export const admissionLabel = 'Conclave admission v1';

/** Under which a device signs, and under which the tag is made: a credential and an introduction are never each other. */
export interface ProofLabels {
  readonly signature: string;
  readonly tag: string;
}
export const credentialLabels: ProofLabels = { signature: credentialLabel, tag: admissionLabel };

interface WithDevice {
  readonly device: CryptoKeyPair;
}
/** Who joins: the fields of a credential, with the device's key pair in place of its public key. */
export type NamedJoiner = (Omit<GuestFields, 'deviceKey'> | Omit<MemberFields, 'deviceKey'>) & WithDevice;
export type Joiner = NamedJoiner | (Omit<UnnamedFields, 'deviceKey'> & WithDevice);

/** The encoded credential of a leaf. @throws MlsError `malformed` when a field is not as the grammar says. */
export async function issueCredential(
  joiner: Joiner,
  meetingId: string,
  keys: MeetingKeys,
  leafSignatureKey: Uint8Array,
  labels: ProofLabels = credentialLabels,
): Promise<Uint8Array<ArrayBuffer>> {
  const fields = await fieldsOf(joiner);
  const binding = (label: string) => encodeBinding(label, meetingId, leafSignatureKey, fields);
  const [signature, tag] = await Promise.all([
    crypto.subtle.sign('Ed25519', joiner.device.privateKey, binding(labels.signature)),
    crypto.subtle.sign('HMAC', keys.admission, binding(labels.tag)),
  ]);
  return encodeCredential({
    ...fields,
    signature: new Uint8Array(signature),
    admissionTag: new Uint8Array(tag),
  });
}

export async function fieldsOf(joiner: Joiner): Promise<CredentialFields> {
  const deviceKey = await devicePublicKey(joiner.device);
  const { participantId, notAfter } = joiner;
  const common = { participantId, notAfter, deviceKey };
  if (joiner.kind === 'unnamed') return { kind: 'unnamed', ...common };
  const { name } = joiner;
  return joiner.kind === 'member'
    ? { kind: 'member', accountId: joiner.accountId, name, ...common }
    : { kind: 'guest', name, ...common };
}
