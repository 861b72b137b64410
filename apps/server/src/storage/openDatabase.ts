import type { Config } from '../config/config.ts';
import type { Log } from '../observability/log.ts';
import { StartRefused } from '../startRefused.ts';
import type { Database } from './database.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';

/** The operator's PostgreSQL, or the database in the data folder. @throws StartRefused when it cannot be used */
export async function openDatabase(
  { database: { url, poolSize }, dataFolder }: Pick<Config, 'database' | 'dataFolder'>,
  log: Log,
): Promise<Database> {
  await using opened = new AsyncDisposableStack();
  const database = opened.use(
    url === null
      ? await openEmbedded(dataFolder)
      : openPostgres(url, poolSize, (fault) => log.warn({ fault }, 'a database connection broke')),
  );
  await refuseSilent(database);
  opened.move();
  return database;
}

async function openEmbedded(dataFolder: string): Promise<Database> {
  return await openPglite(dataFolder).catch((cause) => {
    throw new StartRefused(`The database in ${dataFolder} could not be opened.`, { cause });
  });
}

async function refuseSilent(database: Database): Promise<void> {
  await database.ping().catch((cause) => {
    const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
    throw new StartRefused(`The database does not answer${code}. Check database.url.`, { cause });
  });
}
