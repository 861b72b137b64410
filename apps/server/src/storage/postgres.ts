import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import type { Secret } from '../secret.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** A PostgreSQL server, version 13 or later. `onFault` hears of idle connections that break. */
export function openPostgres(url: Secret, poolSize: number, onFault: (fault: unknown) => void): Database {
  const pool = new Pool({
    connectionString: url.reveal(),
    max: poolSize,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 15_000,
    application_name: 'conclave',
  });
  pool.on('error', onFault);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    kind: 'postgres',
    async ping() {
      await sql`select 1`.execute(db);
    },
    async [Symbol.asyncDispose]() {
      await db.destroy();
    },
  };
}
