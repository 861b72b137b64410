import type { AccountId, CallId, ContactId } from '@conclave/protocol';

/** Tables of calls without a meeting. */
export interface CallTables {
  /** How somebody wants to be called. */
  call_settings: {
    account_id: AccountId;
    /** Calls are not heard. */
    quiet: boolean;
    /** Null: until it is turned off by hand. */
    quiet_until: Date | null;
    /** Found in the directory. */
    listed: boolean;
    mail_missed: boolean;
  };
  contacts: {
    id: ContactId;
    account_id: AccountId;
    name: string;
    /** Lower case. */
    email: string | null;
    /** The account, for somebody of the organisation. */
    member_id: AccountId | null;
    /** SHA-256 of the secret of the link by which somebody from outside calls; null when there is no link. */
    token_hash: Uint8Array | null;
    /** One more with each link that was made. */
    generation: number;
    made_at: Date;
    link_seen_at: Date | null;
  };
  blocked_callers: {
    account_id: AccountId;
    caller_id: AccountId;
    blocked_at: Date;
  };
  /** Rings that are not over, and those that nobody took. */
  missed_calls: {
    id: CallId;
    /** Who was rung. */
    account_id: AccountId;
    caller_id: AccountId | null;
    contact_id: ContactId | null;
    rung_at: Date;
    seen_at: Date | null;
  };
}
