import type { AccountId, PasskeyCreation, PasskeyRequest } from '@conclave/protocol';
import type { AccountRow } from '../../../storage/repositories/accounts.ts';
import type { FactorRow } from '../../../storage/repositories/factors.ts';
import { PASSKEY_CHALLENGE_MS } from './challenges.ts';
import type { RelyingParty } from './relyingParty.ts';

/** COSE algorithms (RFC 9053): EdDSA, ES256, RS256. Every authenticator has one of them. */
export const PASSKEY_ALGORITHMS: readonly number[] = [-8, -7, -257];

/** Asks for one of these passkeys; with none of them, for any that the browser has for this service. */
export function passkeyRequest(
  party: RelyingParty,
  challenge: string,
  passkeys: readonly FactorRow[],
): PasskeyRequest {
  return {
    challenge,
    rpId: party.id,
    allowCredentials: passkeys.map(descriptorOf),
    userVerification: 'required',
    timeout: PASSKEY_CHALLENGE_MS,
  };
}

/** Asks for a new one: found without a name being typed, and given only to whoever proves to the device to be its owner. */
export function passkeyCreation(
  party: RelyingParty,
  challenge: string,
  account: AccountRow,
  passkeys: readonly FactorRow[],
): PasskeyCreation {
  return {
    challenge,
    rp: { id: party.id, name: party.name },
    user: { id: userHandleOf(account.id), name: account.email, displayName: account.name },
    pubKeyCredParams: PASSKEY_ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    excludeCredentials: passkeys.map(descriptorOf),
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
    attestation: 'none',
    timeout: PASSKEY_CHALLENGE_MS,
  };
}

/** The account's id, which says nothing about the person (section 14.6.1). */
export function userHandleOf(accountId: AccountId): string {
  return Buffer.from(accountId.replaceAll('-', ''), 'hex').toString('base64url');
}

function descriptorOf(row: FactorRow): PasskeyRequest['allowCredentials'][number] {
  return { type: 'public-key', id: row.credential_id ?? '', transports: row.transports ?? [] };
}
