import { permissionsOf } from '../../policy/permissions.ts';
import { mustHaveFactor } from '../../policy/secondFactors.ts';
import type { AccountRow } from '../../storage/repositories/accounts.ts';
import { customPermissions } from '../accounts/customPermissions.ts';
import type { AccountsPorts } from '../accounts/ports.ts';

/** Whether the organisation asks this person for a second factor. */
export async function mustHave(ports: AccountsPorts, account: AccountRow): Promise<boolean> {
  const permissions = permissionsOf(account.role_id, await customPermissions(ports.db, account.role_id));
  return mustHaveFactor(ports.factors.policy(), permissions);
}
