import type {
  AccountId,
  AccountStatus,
  InvitationId,
  MailLanguage,
  MeetingId,
  ParticipantId,
  Permission,
  RoleId,
  SessionId,
} from '@conclave/protocol';
import type { ColumnType, Generated, Kysely } from 'kysely';
import type { CallTables } from './callTables.ts';
import type { FactorTables } from './factorTables.ts';
import type { SignOnTables } from './signOnTables.ts';

/** How somebody showed who they are. */
export type SignInMethod = 'password' | 'passkey' | 'oidc' | 'saml' | 'link';

/** Columns are named as in SQL. Instants are `timestamptz`, hashes `bytea` of 32 bytes. */
export interface Tables extends FactorTables, SignOnTables, CallTables {
  accounts: {
    id: AccountId;
    /** Lower case; unique. */
    email: string;
    name: string;
    role_id: RoleId;
    /** PHC string; null for somebody who has no password. */
    password_hash: string | null;
    status: Generated<AccountStatus>;
    suspended_at: Generated<Date | null>;
    /** When they showed that mail to the address reaches them. */
    email_verified_at: Generated<Date | null>;
    last_seen_at: Generated<Date | null>;
    mail_language: Generated<MailLanguage | null>;
    created_at: Date;
  };
  roles: {
    id: string;
    name: string;
    permissions: Permission[];
    created_at: Date;
  };
  sessions: {
    id: SessionId;
    account_id: AccountId;
    /** SHA-256 of the secret that the cookie carries. */
    token_hash: Uint8Array;
    /** "Firefox on Linux". */
    device: string;
    /** What the person calls it. */
    name: Generated<string | null>;
    method: Generated<SignInMethod>;
    /** A second factor must be set up before anything else. */
    restricted: Generated<boolean>;
    created_at: Date;
    last_seen_at: Date;
    /** When the person last showed who they are. */
    confirmed_at: Date;
  };
  meetings: {
    id: MeetingId;
    owner_id: AccountId;
    title: string | null;
    /** SHA-256 of the passcode's proof, made in the creator's browser. */
    verifier: Uint8Array;
    created_at: Date;
    last_used_at: Date | null;
    /** What it has chosen for itself, where the policy lets it. */
    choices: ColumnType<unknown, string, string>;
    /** When it takes place (`Schedule`). */
    schedule: ColumnType<unknown, string | null, string | null>;
    /** Counts what calendars have to be told of. */
    sequence: Generated<number>;
    /** It was made for a call: in nobody's list, and gone soon after it. */
    is_call: Generated<boolean>;
  };
  meeting_cohosts: {
    meeting_id: MeetingId;
    account_id: AccountId;
    controls: string[];
    added_at: Date;
  };
  invitations: {
    id: InvitationId;
    meeting_id: MeetingId;
    name: string;
    /** Lower case. */
    email: string | null;
    /** SHA-256 of the secret that its link carries. */
    token_hash: Uint8Array;
    /** One more with each link that was made for it, from 1. */
    generation: number;
    made_at: Date;
    mailed_at: Date | null;
    /** The sequence of the calendar entry that was mailed last. */
    mailed_sequence: number | null;
    seen_at: Date | null;
    used_at: Date | null;
    revoked_at: Date | null;
  };
  /** Who may not come into a meeting any more. */
  meeting_removals: {
    meeting_id: MeetingId;
    /** Of the participant whose stay was ended. */
    id: ParticipantId;
    name: string;
    account_id: AccountId | null;
    invitation_id: InvitationId | null;
    /** Of the browser: a hash of what its cookie carries. */
    visitor_key: string | null;
    removed_at: Date;
  };
  one_time_links: {
    token_hash: Uint8Array;
    purpose: 'owner' | 'invitation' | 'reset';
    /** Null for the owner's alone. */
    account_id: Generated<AccountId | null>;
    /** It went to the account's address and to nobody else: whoever has it reads the mail there. */
    mailed: Generated<boolean>;
    created_at: Date;
    expires_at: Date;
  };
  /** Browsers that somebody has signed in with. */
  known_devices: {
    /** SHA-256 of what the browser's other cookie carries. */
    token_hash: Uint8Array;
    account_id: AccountId;
    created_at: Date;
    last_seen_at: Date;
  };
  /** By what browsers are known in meetings. */
  device_keys: {
    id: string;
    account_id: AccountId;
    /** The session that told of it last; null once that is over. */
    session_id: SessionId | null;
    /** Ed25519, 32 bytes. */
    public_key: Uint8Array;
    device: string;
    created_at: Date;
    last_used_at: Date;
    revoked_at: Date | null;
  };
  mails: {
    id: string;
    kind: string;
    recipient: string;
    /** Whose address that was, also when it is no more; null for somebody without an account. */
    account_id: Generated<AccountId | null>;
    subject: string;
    /** Gone once it was sent, when it held a secret. */
    body: string | null;
    /** What it carries besides (`MailExtra`); gone with the body. */
    extra: ColumnType<unknown, string | null, string | null>;
    state: 'waiting' | 'sent' | 'failed' | 'kept';
    attempts: Generated<number>;
    created_at: Date;
    next_attempt_at: Date;
  };
  settings: {
    key: string;
    value: ColumnType<unknown, string, string>;
    changed_at: Date;
  };
  /** What this database belongs to. */
  installation: { key: 'secrets'; value: string };
}

export type Db = Kysely<Tables>;
