import type { PasskeyAssertion, PasskeyAttestation } from '@conclave/protocol';
import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { FactorRow } from '../../../storage/repositories/factors.ts';
import { PASSKEY_ALGORITHMS } from './options.ts';
import type { RelyingParty } from './relyingParty.ts';

/** Whether a challenge is one that was asked for. */
export type ChallengeCheck = (challenge: string) => boolean;

/**
 * Checks an assertion against a passkey's public key (Web Authentication Level 3, section 7.2): signature, challenge, origin,
 * relying party, user verification. Not the counter: whoever stores it compares it.
 * @returns the authenticator's counter; null when the assertion is not good
 */
export async function verifyAssertion(
  party: RelyingParty,
  passkey: FactorRow,
  assertion: PasskeyAssertion,
  expectedChallenge: ChallengeCheck,
): Promise<number | null> {
  if (isFromFrame(assertion.response.clientDataJSON)) return null;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: assertion as AuthenticationResponseJSON,
      expectedChallenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: {
        id: passkey.credential_id ?? '',
        publicKey: new Uint8Array(passkey.public_key ?? []),
        counter: 0,
      },
    });
    return verified ? authenticationInfo.newCounter : null;
  } catch {
    // The library throws for whatever is wrong, with what was sent in its message.
    return null;
  }
}

export interface NewPasskey {
  /** base64url */
  readonly credentialId: string;
  /** COSE_Key (RFC 9052) */
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly transports: string[];
}

/** Checks what a browser answers who was asked for a new passkey (section 7.1). Null when it is not good. */
export async function verifyAttestation(
  party: RelyingParty,
  attestation: PasskeyAttestation,
  expectedChallenge: ChallengeCheck,
): Promise<NewPasskey | null> {
  if (isFromFrame(attestation.response.clientDataJSON)) return null;
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: attestation as RegistrationResponseJSON,
      expectedChallenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...PASSKEY_ALGORITHMS],
    });
    if (!verified) return null;
    const { id, publicKey, counter } = registrationInfo.credential;
    return { credentialId: id, publicKey, counter, transports: attestation.response.transports ?? [] };
  } catch {
    return null;
  }
}

/** Our pages are in nobody's frame, so no answer of theirs is (section 13.4.2). */
function isFromFrame(clientDataJSON: string): boolean {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'));
    return typeof data !== 'object' || data === null || ('crossOrigin' in data && data.crossOrigin !== false);
  } catch {
    return true;
  }
}
