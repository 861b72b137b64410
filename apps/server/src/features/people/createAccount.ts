import { randomUUID } from 'node:crypto';
import { AccountId, ConclaveError, type MailLanguage, type RoleId } from '@conclave/protocol';
import { type AccountRow, insertAccount } from '../../storage/repositories/accounts.ts';
import { newAccount } from '../accounts/newAccount.ts';
import type { AccountsPorts } from '../accounts/ports.ts';

export interface NewPerson {
  readonly email: string;
  readonly name: string;
  readonly role: RoleId;
  readonly status: 'invited' | 'active';
  /** Whether it is sure that mail to the address reaches the person. */
  readonly emailVerified: boolean;
  /** What their browser asked for; null when nobody has come yet. */
  readonly language: MailLanguage | null;
}

/** An account without a password. @throws ConclaveError account.exists */
export async function createAccount(ports: AccountsPorts, person: NewPerson): Promise<AccountRow> {
  const now = new Date(ports.clock());
  const row = newAccount({
    id: AccountId.parse(randomUUID()),
    email: person.email,
    name: person.name,
    role_id: person.role,
    password_hash: null,
    status: person.status,
    mail_language: person.language,
    email_verified_at: person.emailVerified ? now : null,
    created_at: now,
  });
  if (!(await insertAccount(ports.db, row))) throw new ConclaveError('account.exists', { field: 'email' });
  return row;
}
