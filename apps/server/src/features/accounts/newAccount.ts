import type { AccountRow } from '../../storage/repositories/accounts.ts';

type Given = 'id' | 'email' | 'name' | 'role_id' | 'password_hash' | 'created_at';

/** A whole row of somebody new: active, unless said otherwise, and never seen. */
export function newAccount(given: Pick<AccountRow, Given> & Partial<AccountRow>): AccountRow {
  return {
    status: 'active',
    suspended_at: null,
    email_verified_at: null,
    last_seen_at: null,
    mail_language: null,
    ...given,
  };
}
