import { ConclaveError, type Policy, type SsoOnlyProblem } from '@conclave/protocol';
import { type AccountRow, lockActiveOwners } from '../../storage/repositories/accounts.ts';
import { listProviders } from '../../storage/repositories/signOn/providers.ts';
import {
  countOutside,
  listActiveOwners,
  wasUsedByManagers,
} from '../../storage/repositories/signOn/readiness.ts';
import type { Db } from '../../storage/tables.ts';
import type { PolicyChange } from '../policy/ports.ts';
import { awaitsConsentOf } from './link.ts';
import type { SignOnPorts } from './ports.ts';

/**
 * What has to be so before passwords are switched off, or the organisation could lock itself out: somebody who runs the service has
 * come in through a provider that is switched on, and an owner with a second factor can come in when no provider answers.
 * @param under the policy as it is now, unless another one is given
 */
export async function ssoOnlyProblems(
  ports: SignOnPorts,
  db: Db = ports.db,
  under?: Policy,
): Promise<SsoOnlyProblem[]> {
  const problems: SsoOnlyProblem[] = [];
  if (!(await wasUsedByManagers(db))) problems.push('no-provider-used');
  if (!(await hasBreakGlassOwner(ports, db, under))) problems.push('no-owner-with-factor');
  return problems;
}

/**
 * Before a policy comes that has passwords off: from now on, until it is disposed of, nobody takes away what is a last way in under
 * it. Whoever began to before holds the lock on the owners, and what they have left is what counts. Where passwords are off already,
 * it is refused for what it makes missing.
 * @throws ConclaveError sign_on.not_ready
 */
export async function beginSsoOnly(
  ports: SignOnPorts,
  { policy, before }: Pick<PolicyChange, 'policy' | 'before'>,
): Promise<Disposable> {
  ports.comingSsoOnly.add(policy);
  const coming = {
    [Symbol.dispose]() {
      ports.comingSsoOnly.delete(policy);
    },
  };
  try {
    await ports.db.transaction().execute(async (transaction) => {
      await lockActiveOwners(transaction);
      const wasOff = before.signOn === 'sso-only';
      const former = wasOff ? await ssoOnlyProblems(ports, transaction, before) : [];
      refuseWorse(former, await ssoOnlyProblems(ports, transaction, policy));
    });
    return coming;
  } catch (fault) {
    coming[Symbol.dispose]();
    throw fault;
  }
}

/**
 * Does what could take away one of the last ways in. While passwords are off, or about to be, it is refused when something is missing after it
 * that was there before. Of two at once, the second one sees what the first has left.
 * @throws ConclaveError sign_on.not_ready, with which the transaction is to be given up
 */
export async function keepWaysIn<T>(
  ports: SignOnPorts,
  transaction: Db,
  change: () => Promise<T>,
): Promise<T> {
  await lockActiveOwners(transaction);
  const present = ports.isSsoOnly() ? [ports.accounts.policy.current()] : [];
  const before: [Policy, SsoOnlyProblem[]][] = [];
  for (const policy of [...present, ...ports.comingSsoOnly]) {
    before.push([policy, await ssoOnlyProblems(ports, transaction, policy)]);
  }
  const done = await change();
  for (const [policy, former] of before) {
    refuseWorse(former, await ssoOnlyProblems(ports, transaction, policy));
  }
  return done;
}

function refuseWorse(former: readonly SsoOnlyProblem[], now: readonly SsoOnlyProblem[]): void {
  if (now.some((problem) => !former.includes(problem))) throw new ConclaveError('sign_on.not_ready');
}

/** Names of the active owners who cannot come in by themselves while passwords are off. */
export async function ownersWithoutFactor(ports: SignOnPorts): Promise<string[]> {
  const names: string[] = [];
  for (const owner of await listActiveOwners(ports.db)) {
    if (!(await breaksGlass(ports, owner, ports.db))) names.push(owner.name);
  }
  return names;
}

/** How many people no provider is likely to know: see `SignOnOverview`. */
export async function countOutsideDomains({ db }: SignOnPorts): Promise<number> {
  const providers = (await listProviders(db)).filter(({ enabled }) => enabled);
  const domains = providers.flatMap((provider) => provider.domains);
  return domains.length === 0 ? 0 : countOutside(db, domains);
}

async function hasBreakGlassOwner(ports: SignOnPorts, db: Db, under?: Policy): Promise<boolean> {
  for (const owner of await listActiveOwners(db)) {
    if (await breaksGlass(ports, owner, db, under)) return true;
  }
  return false;
}

/** Whether an owner comes in when no provider answers. */
async function breaksGlass(
  ports: SignOnPorts,
  owner: Pick<AccountRow, 'id' | 'password_hash'>,
  db: Db,
  under?: Policy,
): Promise<boolean> {
  // One who has no password comes in by a passkey alone.
  const begins = owner.password_hash !== null || (await ports.hasPasskey(owner.id, db, under));
  return begins && (await ports.hasSecondFactor(owner.id, db, under));
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
