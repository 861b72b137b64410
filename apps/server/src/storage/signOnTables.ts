import type { AccountId, IdentityId, ProviderId, SessionId } from '@conclave/protocol';
import type { JSONColumnType } from 'kysely';

/** The tables of sign-on and provisioning (migration 0004). */
export interface SignOnTables {
  sign_on_providers: {
    id: ProviderId;
    kind: 'oidc' | 'saml';
    name: string;
    enabled: boolean;
    domains: string[];
    /** The rest of `WriteProvider`, read back by its schema. */
    config: JSONColumnType<object>;
    /** The client secret, sealed for `provider <id>`. */
    secret: Uint8Array | null;
    created_at: Date;
    changed_at: Date;
    last_used_at: Date | null;
  };
  sign_on_identities: {
    id: IdentityId;
    provider_id: ProviderId;
    issuer: string;
    subject: string;
    account_id: AccountId;
    /** As the provider last said; not for finding anybody. */
    email: string | null;
    created_at: Date;
    last_used_at: Date | null;
  };
  /** A sign-on that is under way in one browser. */
  sign_on_pending: {
    /** SHA-256 of what the browser's cookie carries. */
    token_hash: Uint8Array;
    provider_id: ProviderId;
    /** Of SAML: the ID of our request. */
    request_id: string | null;
    /** Sealed. */
    state: Uint8Array;
    expires_at: Date;
  };
  /** What may be used once alone: ids of assertions and logout tokens, hashed. */
  sign_on_seen: { what: Uint8Array; expires_at: Date };
  /** Which sessions began with which session of the provider. */
  sign_on_sessions: { session_id: SessionId; provider_id: ProviderId; subject: string; sid: string | null };
  scim_tokens: {
    id: string;
    name: string;
    token_hash: Uint8Array;
    provider_id: ProviderId | null;
    created_at: Date;
    last_used_at: Date | null;
  };
  /** Accounts that a directory manages. */
  scim_users: {
    account_id: AccountId;
    provider_id: ProviderId | null;
    external_id: string | null;
    given_name: string | null;
    family_name: string | null;
    /** Taken away by the directory: it sees them no more, and may bring them back. */
    deleted: boolean;
    /** Suspended by the directory: it may let them in again. What a person has suspended stays so. */
    suspended: boolean;
    created_at: Date;
    changed_at: Date;
  };
  scim_groups: {
    id: string;
    display_name: string;
    external_id: string | null;
    created_at: Date;
    changed_at: Date;
  };
  scim_members: { group_id: string; account_id: AccountId };
}
