import type { AccountId, FactorId, OwnFactorKind } from '@conclave/protocol';
import type { Generated } from 'kysely';
import type { SignInMethod } from './tables.ts';

/** The tables of the second factors. Hashes are 32 bytes. */
export interface FactorTables {
  factors: {
    id: FactorId;
    account_id: AccountId;
    kind: OwnFactorKind;
    name: string;
    created_at: Date;
    last_used_at: Generated<Date | null>;
    /** Until when it waits for its first code; null once it is in use. */
    pending_until: Generated<Date | null>;
    /** The secret of an app, or a phone number, sealed for the factor. */
    sealed: Generated<Uint8Array | null>;
    /** The last step of 30 s whose code was taken. As text: the database's 64 bits. */
    last_step: Generated<string | null>;
    /** Of a passkey, base64url. */
    credential_id: Generated<string | null>;
    /** COSE_Key (RFC 9052). */
    public_key: Generated<Uint8Array | null>;
    /** The authenticator's signature counter, as text. */
    counter: Generated<string | null>;
    transports: Generated<string[] | null>;
  };
  recovery_codes: { account_id: AccountId; code_hash: Uint8Array };
  sent_codes: {
    /** SHA-256 of what the code is for: it is good there alone. */
    purpose: Uint8Array;
    account_id: AccountId;
    code_hash: Uint8Array;
    tries_left: number;
    expires_at: Date;
  };
  sign_in_challenges: {
    token_hash: Uint8Array;
    account_id: AccountId;
    method: SignInMethod;
    tries_left: number;
    expires_at: Date;
  };
  spent_challenges: { challenge_hash: Uint8Array; expires_at: Date };
}
