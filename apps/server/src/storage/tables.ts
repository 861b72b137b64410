import type { AccountId, AccountRole, MeetingId, SessionId } from '@conclave/protocol';
import type { Kysely } from 'kysely';

/** Columns are named as in SQL. Instants are `timestamptz`, hashes `bytea` of 32 bytes. */
export interface Tables {
  accounts: {
    id: AccountId;
    /** Lower case; unique. */
    email: string;
    name: string;
    role: AccountRole;
    /** PHC string of Argon2id. */
    password_hash: string;
    created_at: Date;
  };
  sessions: {
    id: SessionId;
    account_id: AccountId;
    /** SHA-256 of the secret that the cookie carries. */
    token_hash: Uint8Array;
    /** "Firefox on Linux". */
    device: string;
    created_at: Date;
    last_seen_at: Date;
  };
  meetings: {
    id: MeetingId;
    owner_id: AccountId;
    title: string | null;
    /** SHA-256 of the passcode's proof, made in the creator's browser. */
    verifier: Uint8Array;
    created_at: Date;
    last_used_at: Date | null;
  };
  one_time_links: {
    token_hash: Uint8Array;
    purpose: 'owner';
    created_at: Date;
    expires_at: Date;
  };
  /** What this database belongs to. */
  installation: { key: 'secrets'; value: string };
}

export type Db = Kysely<Tables>;
