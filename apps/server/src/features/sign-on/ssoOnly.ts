import { ConclaveError, type SsoOnlyProblem } from '@conclave/protocol';
import { type AccountRow, lockActiveOwners } from '../../storage/repositories/accounts.ts';
import { listActiveOwners, wasUsedByManagers } from '../../storage/repositories/signOn/readiness.ts';
import type { Db } from '../../storage/tables.ts';
import { awaitsConsentOf } from './link.ts';
import type { SignOnPorts } from './ports.ts';

/**
 * What has to be so before passwords are switched off, or the organisation could lock itself out: somebody who runs the service has
 * come in through a provider that is switched on, and an owner with a second factor can come in when no provider answers.
 */
export async function ssoOnlyProblems(ports: SignOnPorts, db: Db = ports.db): Promise<SsoOnlyProblem[]> {
  const problems: SsoOnlyProblem[] = [];
  if (!(await wasUsedByManagers(db))) problems.push('no-provider-used');
  if (!(await hasBreakGlassOwner(ports, db))) problems.push('no-owner-with-factor');
  return problems;
}

/** @throws ConclaveError sign_on.not_ready */
export async function refuseEarlySsoOnly(ports: SignOnPorts): Promise<void> {
  if ((await ssoOnlyProblems(ports)).length > 0) throw new ConclaveError('sign_on.not_ready');
}

/**
 * Does what could take away one of the last ways in. While passwords are off, it is refused when something is missing after it
 * that was there before. Of two at once, the second one sees what the first has left.
 * @throws ConclaveError sign_on.not_ready, with which the transaction is to be given up
 */
export async function keepWaysIn<T>(
  ports: SignOnPorts,
  transaction: Db,
  change: () => Promise<T>,
): Promise<T> {
  if (!ports.isSsoOnly()) return change();
  await lockActiveOwners(transaction);
  const before = await ssoOnlyProblems(ports, transaction);
  const done = await change();
  const after = await ssoOnlyProblems(ports, transaction);
  if (after.some((problem) => !before.includes(problem))) throw new ConclaveError('sign_on.not_ready');
  return done;
}

async function hasBreakGlassOwner(ports: SignOnPorts, db: Db): Promise<boolean> {
  for (const owner of await listActiveOwners(db)) {
    if (await ports.hasSecondFactor(owner.id, db)) return true;
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
  if (account.role_id === 'owner') return ports.hasSecondFactor(account.id, ports.db);
  return awaitsConsentOf(ports, account, pendingToken);
}
