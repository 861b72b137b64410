import { ed25519 } from '../crypto/ed25519.ts';
import { MlsError } from '../errors.ts';
import { decodeCredential } from './decodeCredential.ts';
import { encodeBinding } from './encodeCredential.ts';
import { admissionLabel, credentialLabel } from './issueCredential.ts';
import { checkLifetime, type Lifetime } from './lifetime.ts';
import type { MeetingKeys } from './MeetingKeys.ts';
import type { MemberCredential } from './MemberCredential.ts';

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
    const binding = (label: string) => encodeBinding(label, this.meetingId, leafSignatureKey, credential);
    const [tagged, signed] = await Promise.all([
      crypto.subtle.verify('HMAC', this.#keys.admission, credential.admissionTag, binding(admissionLabel)),
      ed25519.verify(credential.deviceKey, binding(credentialLabel), credential.signature),
    ]);
    if (!tagged) throw new MlsError('bad_credential', "a leaf's maker did not know the meeting's secret");
    if (!signed) throw new MlsError('bad_credential', 'a leaf is not signed by its device');
    return credential;
  }
}
