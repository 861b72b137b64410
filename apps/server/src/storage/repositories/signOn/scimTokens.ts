import type { Selectable } from 'kysely';
import type { Db, Tables } from '../../tables.ts';

export type ScimTokenRow = Selectable<Tables['scim_tokens']>;

export async function findScimToken(db: Db, tokenHash: Uint8Array): Promise<ScimTokenRow | null> {
  const row = await db
    .selectFrom('scim_tokens')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();
  return row ?? null;
}

export async function listScimTokens(db: Db): Promise<ScimTokenRow[]> {
  return db.selectFrom('scim_tokens').selectAll().orderBy('created_at').orderBy('id').execute();
}

export async function insertScimToken(db: Db, row: ScimTokenRow): Promise<void> {
  await db.insertInto('scim_tokens').values(row).execute();
}

export async function deleteScimToken(db: Db, id: string): Promise<boolean> {
  const result = await db.deleteFrom('scim_tokens').where('id', '=', id).executeTakeFirst();
  return result.numDeletedRows === 1n;
}

export async function markScimTokenUsed(db: Db, id: string, at: Date): Promise<void> {
  await db.updateTable('scim_tokens').set({ last_used_at: at }).where('id', '=', id).execute();
}
