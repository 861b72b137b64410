import { type ChangePolicy, ConclaveError, type PolicyView } from '@conclave/protocol';
import { findRole } from '../../storage/repositories/roles.ts';
import type { Caller } from '../accounts/authenticate.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import type { PolicyState } from './ports.ts';

/** As administrators see it. */
export function presentPolicy({ version, policy, pinned, changedAt }: PolicyState): PolicyView {
  return {
    version,
    policy,
    pinned: [...pinned],
    changedAt: changedAt === null ? null : new Date(changedAt).toISOString(),
  };
}

/**
 * Changes some settings. It holds everywhere, and in meetings that are going on, when this resolves.
 * @throws ConclaveError policy.stale, policy.pinned, policy.conflict, policy.unknown_role, sign_on.not_ready
 */
export async function changePolicy(
  ports: AccountsPorts,
  caller: Caller,
  { version, changes }: ChangePolicy,
): Promise<PolicyView> {
  await refuseUnknownRole(ports, changes.newAccountRole);
  if (changes.signOn === 'sso-only') await ports.refuseEarlySsoOnly();
  const { state, changed } = await ports.policy.change(version, changes);
  if (changed.length > 0) {
    const { accountId } = caller;
    ports.emit({ event: 'policy.changed', accountId, version: state.version, changed: [...changed] });
  }
  return presentPolicy(state);
}

async function refuseUnknownRole({ db }: AccountsPorts, role: string | undefined): Promise<void> {
  if (role === undefined || ['member', 'organiser', 'auditor'].includes(role)) return;
  if ((await findRole(db, role)) === null)
    throw new ConclaveError('policy.unknown_role', { field: 'newAccountRole' });
}
