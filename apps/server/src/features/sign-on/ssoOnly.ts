import { ConclaveError, type SsoOnlyProblem } from '@conclave/protocol';
import type { AccountRow } from '../../storage/repositories/accounts.ts';
import { listActiveOwners, wasUsedByManagers } from '../../storage/repositories/signOn/readiness.ts';
import { awaitsConsentOf } from './link.ts';
import type { SignOnPorts } from './ports.ts';

/**
 * What has to be so before passwords are switched off, or the organisation could lock itself out: somebody who runs the service has
 * come in through a provider that is switched on, and an owner with a second factor can come in when no provider answers.
 */
export async function ssoOnlyProblems(ports: SignOnPorts): Promise<SsoOnlyProblem[]> {
  const problems: SsoOnlyProblem[] = [];
  if (!(await wasUsedByManagers(ports.db))) problems.push('no-provider-used');
  if (!(await hasBreakGlassOwner(ports))) problems.push('no-owner-with-factor');
  return problems;
}

/** @throws ConclaveError sign_on.not_ready */
export async function refuseEarlySsoOnly(ports: SignOnPorts): Promise<void> {
  if ((await ssoOnlyProblems(ports)).length > 0) throw new ConclaveError('sign_on.not_ready');
}

async function hasBreakGlassOwner(ports: SignOnPorts): Promise<boolean> {
  for (const owner of await listActiveOwners(ports.db)) {
    if (await ports.hasSecondFactor(owner.id)) return true;
  }
  return false;
}

/**
 * Whether a right password lets somebody in. Where sign-on is the only way: owners with a second factor, for when no provider
 * answers; and whoever has just come from a provider with the same address, and shows that the account is theirs too.
 */
export async function mayUsePassword(
  ports: SignOnPorts,
  account: AccountRow,
  pendingToken: string | null,
): Promise<boolean> {
  if (!ports.isSsoOnly()) return true;
  if (account.role_id === 'owner') return ports.hasSecondFactor(account.id);
  return awaitsConsentOf(ports, account, pendingToken);
}
