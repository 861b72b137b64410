import { type ChangePolicy, ConclaveError, type PolicyView } from '@conclave/protocol';
import { findRole } from '../../storage/repositories/roles.ts';
import type { Caller } from '../accounts/authenticate.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import { isUsable } from '../factors/heldFactors.ts';
import { refuseRoleBeyond } from '../people/manage.ts';
import type { PolicyChange, PolicyState } from './ports.ts';

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
 * @throws ConclaveError policy.stale, policy.pinned, policy.conflict, policy.no_usable_factor,
 * policy.unknown_role, account.beyond_you, sign_on.not_ready
 */
export async function changePolicy(
  ports: AccountsPorts,
  caller: Caller,
  { version, changes }: ChangePolicy,
): Promise<PolicyView> {
  await refuseUnknownRole(ports, changes.newAccountRole);
  using held = new DisposableStack();
  const { state, changed } = await ports.policy.change(version, changes, async (change) => {
    refuseUnusableFactors(ports, change);
    refuseSignOnBeyond(caller, change);
    const { newAccountRole } = change.policy;
    if (change.changed.includes('newAccountRole')) await refuseRoleBeyond(ports.db, caller, newAccountRole);
    if (touchesWaysIn(change)) held.use(await ports.beginSsoOnly(change));
  });
  if (changed.length > 0) {
    const { accountId } = caller;
    ports.emit({ event: 'policy.changed', accountId, version: state.version, changed: [...changed] });
  }
  return presentPolicy(state);
}

/** Whoever must have a second factor can do nothing before they have one: with none to be had, nobody could take it back. */
function refuseUnusableFactors(ports: AccountsPorts, { policy, changed }: PolicyChange): void {
  if (policy.secondFactor === 'nobody') return;
  if (!changed.includes('secondFactor') && !changed.includes('factors')) return;
  if (policy.factors.some((kind) => isUsable(ports, kind))) return;
  throw new ConclaveError('policy.no_usable_factor', { field: 'factors' });
}

/** Where passwords are off, which factors are allowed decides who comes in when no provider answers. */
function touchesWaysIn({ policy, changed }: PolicyChange): boolean {
  return policy.signOn === 'sso-only' && (changed.includes('signOn') || changed.includes('factors'));
}

/** Passwords are switched off, and on again, by whoever may say which provider is believed, whichever way the change comes. */
function refuseSignOnBeyond({ permissions }: Caller, { changed }: PolicyChange): void {
  if (!changed.includes('signOn') || permissions.has('signon.manage')) return;
  throw new ConclaveError('account.beyond_you', { field: 'signOn' });
}

async function refuseUnknownRole({ db }: AccountsPorts, role: string | undefined): Promise<void> {
  if (role === undefined || ['member', 'organiser', 'auditor'].includes(role)) return;
  if ((await findRole(db, role)) === null)
    throw new ConclaveError('policy.unknown_role', { field: 'newAccountRole' });
}
