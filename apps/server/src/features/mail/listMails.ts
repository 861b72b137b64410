import type { Mail } from '@conclave/protocol';
import { listMailRows, type MailRow } from '../../storage/repositories/mails.ts';
import type { Caller } from '../accounts/authenticate.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import { findManaged } from '../people/manage.ts';

const latest = 100;

/**
 * The latest mails. Where there is no mail server an administrator reads them here and passes them on; but the text only to
 * those whom they may manage: a link to a new password of an owner would make the reader an owner.
 */
export async function listMails(
  ports: AccountsPorts,
  caller: Caller,
): Promise<{ mails: Mail[]; server: string | null }> {
  const rows = await listMailRows(ports.db, latest);
  const mails: Mail[] = [];
  for (const row of rows) mails.push(present(row, await mayRead(ports, caller, row)));
  return { mails, server: ports.mail.server };
}

async function mayRead(ports: AccountsPorts, caller: Caller, row: MailRow): Promise<boolean> {
  if (row.state !== 'kept' || row.body === null || !caller.permissions.has('people.manage')) return false;
  // Whoever has the address now is not always whom it was for.
  if (row.account_id === null) return false;
  return findManaged(ports.db, caller, row.account_id).then(
    () => true,
    () => false,
  );
}

function present(row: MailRow, readable: boolean): Mail {
  return {
    id: row.id,
    kind: row.kind,
    to: row.recipient,
    subject: row.subject,
    text: readable ? row.body : null,
    createdAt: row.created_at.toISOString(),
    state: row.state,
  };
}
