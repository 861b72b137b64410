import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, sql } from 'kysely';
import type { Database } from './database.ts';
import { flushingStartParams, flushToDisk } from './flushToDisk.ts';
import type { Tables } from './tables.ts';

/**
 * PostgreSQL in this process, its files in `<dataFolder>/database`. One connection: queries and transactions
 * take turns (Kysely's adapter sees to it), so never use the outer handle inside a transaction.
 * A write is on the disk before it is acknowledged: it outlives the process, and a loss of power.
 */
export async function openPglite(dataFolder: string): Promise<Database> {
  const pglite = await PGlite.create(join(dataFolder, 'database'), { startParams: [...flushingStartParams] });
  flushToDisk(pglite);
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
  return {
    db,
    kind: 'pglite',
    async ping() {
      await sql`select 1`.execute(db);
    },
    async [Symbol.asyncDispose]() {
      await db.destroy();
      if (!pglite.closed) await pglite.close();
    },
  };
}
