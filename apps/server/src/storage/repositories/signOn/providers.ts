import type { ProviderId } from '@conclave/protocol';
import type { Selectable } from 'kysely';
import type { Db, Tables } from '../../tables.ts';

export type ProviderRow = Selectable<Tables['sign_on_providers']>;
export interface ProviderContent {
  readonly kind: 'oidc' | 'saml';
  readonly name: string;
  readonly enabled: boolean;
  readonly domains: string[];
  readonly config: object;
}

export async function findProvider(db: Db, id: ProviderId): Promise<ProviderRow | null> {
  const row = await db.selectFrom('sign_on_providers').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

/** By name; the switched-off ones too. */
export async function listProviders(db: Db): Promise<ProviderRow[]> {
  return db.selectFrom('sign_on_providers').selectAll().orderBy('name').orderBy('id').execute();
}

export async function countProviders(db: Db): Promise<number> {
  const row = await db
    .selectFrom('sign_on_providers')
    .select((expression) => expression.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** The ones of one domain that are switched on, by name. */
export async function findProviderOfDomain(db: Db, domain: string): Promise<ProviderRow | null> {
  const rows = await listProviders(db);
  return rows.find((row) => row.enabled && row.domains.includes(domain)) ?? null;
}

export async function insertProvider(
  db: Db,
  id: ProviderId,
  content: ProviderContent,
  secret: Uint8Array | null,
  at: Date,
): Promise<void> {
  await db
    .insertInto('sign_on_providers')
    .values({
      ...content,
      id,
      config: JSON.stringify(content.config),
      secret,
      created_at: at,
      changed_at: at,
      last_used_at: null,
    })
    .execute();
}

/** `secret` undefined keeps what there is. False when it is gone, or of another kind. */
export async function updateProvider(
  db: Db,
  id: ProviderId,
  content: ProviderContent,
  secret: Uint8Array | null | undefined,
  at: Date,
): Promise<boolean> {
  const { kind, config, ...rest } = content;
  const result = await db
    .updateTable('sign_on_providers')
    .set({
      ...rest,
      config: JSON.stringify(config),
      ...(secret !== undefined && { secret }),
      changed_at: at,
    })
    .where('id', '=', id)
    .where('kind', '=', kind)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function deleteProvider(db: Db, id: ProviderId): Promise<boolean> {
  const result = await db.deleteFrom('sign_on_providers').where('id', '=', id).executeTakeFirst();
  return result.numDeletedRows === 1n;
}

export async function markProviderUsed(db: Db, id: ProviderId, at: Date): Promise<void> {
  await db.updateTable('sign_on_providers').set({ last_used_at: at }).where('id', '=', id).execute();
}
