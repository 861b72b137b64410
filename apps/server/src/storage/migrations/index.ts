import type { Migration } from 'kysely/migration';
import * as foundation from './0001-foundation.ts';

/** Forward only: a migration that was released is never changed, and there is no way down. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-foundation': foundation,
};
