import { constants } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../apps/server/src/storage/migrate.ts';
import { openPglite } from '../../apps/server/src/storage/pglite.ts';

/** The variable that tells test processes where the database is that they may copy. */
const variable = 'TEST_EMPTY_DATABASE';

/**
 * Vitest's global set-up: makes an embedded database once for all test files. PostgreSQL takes seconds of a processor to
 * make one, and nearly every file starts a server.
 * @returns what removes it
 */
export default async function makeEmptyDatabase(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'conclave-database-'));
  const database = await openPglite(folder);
  await migrate(database);
  await database[Symbol.asyncDispose]();
  process.env[variable] = folder;
  return () => rm(folder, { recursive: true, force: true });
}

/** Gives a data folder the database that a first start would make in it. Does nothing where none was made beforehand. */
export async function placeEmptyDatabase(dataFolder: string): Promise<void> {
  const made = process.env[variable];
  if (made !== undefined) await cp(made, dataFolder, { recursive: true, mode: constants.COPYFILE_FICLONE });
}
