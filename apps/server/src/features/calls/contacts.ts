import { randomUUID } from 'node:crypto';
import { type AddContact, ConclaveError, type Contact, type ContactId, LIMITS } from '@conclave/protocol';
import type * as z from 'zod/mini';
import { hashToken } from '../../security/tokens.ts';
import { findAccountByEmail } from '../../storage/repositories/accounts.ts';
import {
  type ContactRow,
  countContacts,
  deleteContactRow,
  findContact,
  insertContact,
  listContactRows,
  updateContact,
} from '../../storage/repositories/contacts.ts';
import type { Caller } from '../accounts/authenticate.ts';
import type { CallsPorts } from './ports.ts';

export async function listContacts(ports: CallsPorts, { accountId }: Caller): Promise<Contact[]> {
  return (await listContactRows(ports.db, accountId)).map((row) => present(ports, row));
}

/**
 * By the whole address of an account here it is that person. How many one may add is limited: the answer says whether there is
 * such an account.
 * @throws ConclaveError contact.limit, contact.exists, auth.too_many_attempts; request.invalid for oneself
 */
export async function addContact(
  ports: CallsPorts,
  { accountId }: Caller,
  { name, email }: z.output<typeof AddContact>,
): Promise<Contact> {
  await ports.added.begin({ account: accountId });
  if ((await countContacts(ports.db, accountId)) >= LIMITS.contacts) throw new ConclaveError('contact.limit');
  const account = email === null ? null : await findAccountByEmail(ports.db, email);
  const member = account?.status === 'active' ? account : null;
  if (member?.id === accountId) throw new ConclaveError('request.invalid', { field: 'email' });
  const row: ContactRow = {
    id: randomUUID() as ContactId,
    account_id: accountId,
    name,
    email,
    member_id: member?.id ?? null,
    token_hash: null,
    generation: 0,
    made_at: new Date(ports.clock()),
    link_seen_at: null,
  };
  if (!(await insertContact(ports.db, row))) throw new ConclaveError('contact.exists');
  told(ports, accountId, row.id, 'added');
  return present(ports, row);
}

/** The link is dead with it, and what rings by it is heard no more. @throws ConclaveError contact.not_found */
export async function deleteContact(ports: CallsPorts, { accountId }: Caller, id: ContactId): Promise<void> {
  if (!(await deleteContactRow(ports.db, accountId, id))) throw new ConclaveError('contact.not_found');
  told(ports, accountId, id, 'deleted');
}

/** @throws ConclaveError contact.not_found, contact.is_member */
export async function makeContactLink(
  ports: CallsPorts,
  { accountId }: Caller,
  id: ContactId,
): Promise<Contact> {
  const found = await findContact(ports.db, accountId, id);
  if (found === null) throw new ConclaveError('contact.not_found');
  if (found.member_id !== null) throw new ConclaveError('contact.is_member');
  const generation = found.generation + 1;
  return change(ports, accountId, id, 'link-made', {
    generation,
    token_hash: hashToken(ports.secrets.of(id, generation)),
    link_seen_at: null,
  });
}

/** Again is no error. @throws ConclaveError contact.not_found */
export async function revokeContactLink(
  ports: CallsPorts,
  { accountId }: Caller,
  id: ContactId,
): Promise<Contact> {
  return change(ports, accountId, id, 'link-revoked', { token_hash: null, link_seen_at: null });
}

async function change(
  ports: CallsPorts,
  accountId: Caller['accountId'],
  id: ContactId,
  what: 'link-made' | 'link-revoked',
  to: Parameters<typeof updateContact>[3],
): Promise<Contact> {
  const row = await updateContact(ports.db, accountId, id, to);
  if (row === null) throw new ConclaveError('contact.not_found');
  told(ports, accountId, id, what);
  return present(ports, row);
}

function told(
  { emit, desk }: CallsPorts,
  accountId: Caller['accountId'],
  contactId: ContactId,
  what: 'added' | 'deleted' | 'link-made' | 'link-revoked',
): void {
  emit({ event: 'contact.changed', accountId, contactId, what });
  if (what === 'added') return;
  for (const { id, owner } of desk.all()) {
    if (owner.kind === 'contact' && owner.contactId === contactId) desk.do(id, { do: 'cancel' });
  }
}

function present({ secrets }: CallsPorts, row: ContactRow): Contact {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    accountId: row.member_id,
    secret: row.token_hash === null ? null : secrets.of(row.id, row.generation),
    linkSeenAt: row.link_seen_at?.toISOString() ?? null,
  };
}
