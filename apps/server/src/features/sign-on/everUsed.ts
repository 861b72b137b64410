import type { AccountRow } from '../../storage/repositories/accounts.ts';
import { listFactorKinds } from '../../storage/repositories/factors.ts';
import { listIdentitiesOf } from '../../storage/repositories/signOn/identities.ts';
import type { ScimUserRow } from '../../storage/repositories/signOn/scimUsers.ts';
import type { SignOnPorts } from './ports.ts';

/**
 * Whether an account that a directory manages may be somebody's: one that was there before the directory took charge of it, or that
 * has been signed in to, or that has a way in. That it has no password says nothing: whoever has another way in may remove it.
 */
export async function hasEverBeenUsed(
  { db }: Pick<SignOnPorts, 'db'>,
  account: AccountRow,
  user: ScimUserRow,
): Promise<boolean> {
  const before = account.created_at < user.created_at;
  if (before || account.password_hash !== null || account.last_seen_at !== null) return true;
  if ((await listFactorKinds(db, account.id)).length > 0) return true;
  return (await listIdentitiesOf(db, account.id)).length > 0;
}
