import { Migrator } from 'kysely/migration';
import { StartRefused } from '../startRefused.ts';
import type { Database } from './database.ts';
import { MIGRATIONS } from './migrations/index.ts';

/** Brings the schema up to date; safe to call from several nodes at once. @throws StartRefused */
export async function migrate(database: Database): Promise<void> {
  const migrator = new Migrator({
    db: database.db,
    provider: { getMigrations: async () => ({ ...MIGRATIONS }) },
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find((result) => result.status === 'Error');
  if (failed !== undefined) {
    throw new StartRefused(`The database could not be brought up to date (${failed.migrationName}).`, {
      cause: error,
    });
  }
  throw new StartRefused(
    'The database cannot be brought up to date. It may come from a newer version: there is no way back.',
    { cause: error },
  );
}
