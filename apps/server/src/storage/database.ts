import type { Db } from './tables.ts';

/** The database port. Adapters: `pglite.ts` (default, in the data folder) and `postgres.ts`. Same SQL on both. */
export interface Database extends AsyncDisposable {
  readonly db: Db;
  readonly kind: 'pglite' | 'postgres';
  /** One trivial query. @throws when the database does not answer. */
  ping(): Promise<void>;
}
