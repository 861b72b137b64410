import type { SessionId } from '@conclave/protocol';
import { permissionsOf } from '../../policy/permissions.ts';
import { findSessionHolders } from '../../storage/repositories/sessions.ts';
import { lacksFactor } from '../factors/lacksFactor.ts';
import { customPermissions } from './customPermissions.ts';
import type { AccountsPorts } from './ports.ts';

/** Those of these sessions that can do nothing now but set up a second factor. */
export async function restrictedSessions(
  ports: AccountsPorts,
  ids: ReadonlySet<SessionId>,
): Promise<SessionId[]> {
  const restricted: SessionId[] = [];
  for (const { id, account_id, role_id, method } of await findSessionHolders(ports.db, [...ids])) {
    const permissions = permissionsOf(role_id, await customPermissions(ports.db, role_id));
    if (await lacksFactor(ports, account_id, permissions, method)) restricted.push(id);
  }
  return restricted;
}
