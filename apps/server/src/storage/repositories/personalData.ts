import type { AccountId } from '@conclave/protocol';
import { type ExpressionBuilder, sql } from 'kysely';
import type { Db, Tables } from '../tables.ts';
import type { AccountRow } from './accounts.ts';

export async function devicesOf(
  db: Db,
  accountId: AccountId,
): Promise<{ created_at: Date; last_seen_at: Date }[]> {
  return db
    .selectFrom('known_devices')
    .select(['created_at', 'last_seen_at'])
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .execute();
}

type Addressee = Pick<AccountRow, 'id' | 'email'>;

/** Also those to an address that was theirs, and not those to whoever had theirs before. */
export async function mailsOf(
  db: Db,
  account: Addressee,
): Promise<{ kind: string; subject: string; state: string; created_at: Date }[]> {
  return db
    .selectFrom('mails')
    .select(['kind', 'subject', 'state', 'created_at'])
    .where((where) => isOf(where, account))
    .orderBy('created_at')
    .execute();
}

export async function deleteMailsOf(db: Db, account: Addressee): Promise<number> {
  const result = await db
    .deleteFrom('mails')
    .where((where) => isOf(where, account))
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

function isOf(where: ExpressionBuilder<Tables, 'mails'>, { id, email }: Addressee) {
  return where.or([
    where('account_id', '=', id),
    where.and([where('account_id', 'is', null), where('recipient', '=', email)]),
  ]);
}

/** Told by themselves, in words of their own. */
const told = ['sessions', 'known_devices', 'mails'];
/** What a column of this name or type holds is of use to nobody but the service, or to a thief. */
const secretName = /secret|hash|token|key|challenge|code/;
const secretType = 'bytea';

/**
 * What every other table keeps about an account, found by the schema itself: a table that a later release adds is in the
 * export from its first day. Secrets are left out.
 */
export async function otherRowsOf(
  db: Db,
  accountId: AccountId,
): Promise<{ table: string; rows: unknown[] }[]> {
  const { rows: columns } = await sql<{ table: string; column: string; type: string }>`
    select c.table_name as "table", c.column_name as "column", c.data_type as "type"
    from information_schema.columns c
    where c.table_schema = current_schema() and exists (
      select 1 from information_schema.columns a
      where a.table_schema = c.table_schema and a.table_name = c.table_name and a.column_name = 'account_id'
    )
    order by c.table_name, c.ordinal_position`.execute(db);
  const found: { table: string; rows: unknown[] }[] = [];
  for (const table of new Set(columns.map((column) => column.table))) {
    if (told.includes(table)) continue;
    const shown = columns
      .filter((one) => one.table === table && one.type !== secretType && !secretName.test(one.column))
      .map(({ column }) => column);
    const { rows } = await sql<Record<string, unknown>>`
      select ${sql.join(shown.map((column) => sql.ref(column)))}
      from ${sql.table(table)} where account_id = ${accountId}`.execute(db);
    if (rows.length > 0) found.push({ table, rows: rows.map(plain) });
  }
  return [...found, ...(await rowsAbout(db, accountId))];
}

/** Where others keep something about the account, what that is. Whose it is, and what they call the person, is theirs. */
async function rowsAbout(db: Db, accountId: AccountId): Promise<{ table: string; rows: unknown[] }[]> {
  const contacts = await db
    .selectFrom('contacts')
    .select('made_at')
    .where('member_id', '=', accountId)
    .execute();
  const calls = await db
    .selectFrom('missed_calls')
    .select('rung_at')
    .where('caller_id', '=', accountId)
    .execute();
  return [
    { table: 'contacts (of others)', rows: contacts.map(plain) },
    { table: 'missed_calls (of others)', rows: calls.map(plain) },
  ].filter(({ rows }) => rows.length > 0);
}

/** As JSON has it: what went out is what the schema of the answer checks. */
function plain(row: object): unknown {
  return JSON.parse(JSON.stringify(row));
}
