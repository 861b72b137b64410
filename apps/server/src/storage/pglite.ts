import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, sql } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/**
 * PostgreSQL in this process, its files in `<dataFolder>/database`. One connection: queries and transactions
 * take turns (Kysely's adapter sees to it), so never use the outer handle inside a transaction.
 * A write is with the operating system before it is acknowledged, so it outlives the process; it is not
 * flushed to the disk each time (PGlite runs PostgreSQL with `-F`), so a loss of power may lose the last ones.
 */
export async function openPglite(dataFolder: string): Promise<Database> {
  const pglite = await PGlite.create(join(dataFolder, 'database'));
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
