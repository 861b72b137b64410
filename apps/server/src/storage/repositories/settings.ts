import type { Db } from '../tables.ts';

/** As it was stored, unchecked; undefined when it never was. */
export async function readSetting(db: Db, key: string): Promise<unknown> {
  const row = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst();
  return row?.value;
}

export async function writeSetting(db: Db, key: string, value: unknown, at: Date): Promise<void> {
  const text = JSON.stringify(value);
  await db
    .insertInto('settings')
    .values({ key, value: text, changed_at: at })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: text, changed_at: at }))
    .execute();
}
