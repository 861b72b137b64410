import { createHash } from 'node:crypto';
import type { Secrets } from '../config/secrets.ts';
import { StartRefused } from '../startRefused.ts';
import type { Db } from './tables.ts';

/**
 * Ties the database to the secrets it was filled with. With others no password would ever match again, which
 * would look like everybody having forgotten theirs. @throws StartRefused
 */
export async function bindInstallation(db: Db, secrets: Secrets): Promise<void> {
  const value = createHash('sha256')
    .update('conclave installation\0')
    .update(secrets.passwordPepper.reveal())
    .digest('base64url');
  await db
    .insertInto('installation')
    .values({ key: 'secrets', value })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  const row = await db
    .selectFrom('installation')
    .select('value')
    .where('key', '=', 'secrets')
    .executeTakeFirstOrThrow();
  if (row.value !== value) {
    throw new StartRefused(
      'The database was filled with another secrets.json than the one in the data folder. Put back that file.',
    );
  }
}
