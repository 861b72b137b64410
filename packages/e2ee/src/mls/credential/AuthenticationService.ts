import { ed25519 } from '../crypto/ed25519.ts';
import { MlsError } from '../errors.ts';
import { decodeCredential } from './decodeCredential.ts';
import { encodeBinding } from './encodeCredential.ts';
import { openIntroduction } from './introduction.ts';
import { credentialLabels, type ProofLabels } from './issueCredential.ts';
import { checkLifetime, type Lifetime } from './lifetime.ts';
import type { MeetingKeys } from './MeetingKeys.ts';
import type { MemberCredential, NamedFields } from './MemberCredential.ts';

/**
 * RFC 9420's Authentication Service (section 5.3.1) for one meeting: a credential is valid when its device
 * signed this leaf's key for this meeting, its maker knew the meeting's secret, and its time is not over.
 * How long its time must last depends on what is asked; a longer stay needs a new leaf.
 */
export class AuthenticationService {
  readonly meetingId: string;
  readonly #keys: MeetingKeys;
  readonly #now: () => number;

  constructor(meetingId: string, keys: MeetingKeys, now: () => number) {
    this.meetingId = meetingId;
    this.#keys = keys;
    this.#now = now;
  }

  /**
   * @param lifetime null: its time is not judged
   * @throws MlsError `malformed` or `bad_credential`.
   */
  async verify(
    identity: Uint8Array,
    leafSignatureKey: Uint8Array,
    lifetime: Lifetime | null,
  ): Promise<MemberCredential> {
    const credential = decodeCredential(identity);
    if (lifetime !== null) checkLifetime(credential.notAfter, this.#now(), lifetime);
    await this.#prove(credential, leafSignatureKey, credentialLabels);
    return credential;
  }

  /**
   * Who the unnamed leaf with this key is, by an introduction of it: its maker knew the meeting's secret, the device that it names
   * has signed it for this very leaf, and so has the leaf.
   * @throws MlsError `malformed` or `bad_credential`.
   */
  async verifyIntroduction(
    introduction: Uint8Array,
    leafSignatureKey: Uint8Array,
    participantId: string,
  ): Promise<NamedFields> {
    const { who, leafSignature, labels, leafLabel } = openIntroduction(introduction);
    if (who.participantId !== participantId)
      throw new MlsError('bad_credential', 'an introduction of somebody else');
    await this.#prove(who, leafSignatureKey, labels);
    const binding = encodeBinding(leafLabel, this.meetingId, leafSignatureKey, who);
    if (!(await ed25519.verify(leafSignatureKey, binding, leafSignature)))
      throw new MlsError('bad_credential', 'an introduction is not signed by its leaf');
    return who;
  }

  async #prove(
    credential: MemberCredential,
    leafSignatureKey: Uint8Array,
    labels: ProofLabels,
  ): Promise<void> {
    const binding = (label: string) => encodeBinding(label, this.meetingId, leafSignatureKey, credential);
    const [tagged, signed] = await Promise.all([
      crypto.subtle.verify('HMAC', this.#keys.admission, credential.admissionTag, binding(labels.tag)),
      ed25519.verify(credential.deviceKey, binding(labels.signature), credential.signature),
    ]);
    if (!tagged) throw new MlsError('bad_credential', "a leaf's maker did not know the meeting's secret");
    if (!signed) throw new MlsError('bad_credential', 'a leaf is not signed by its device');
  }
}
