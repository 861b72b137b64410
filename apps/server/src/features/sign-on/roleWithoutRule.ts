import type { RoleId, WriteProvider } from '@conclave/protocol';
import { mayManage } from '../../policy/permissions.ts';
import { holderOf } from '../people/manage.ts';
import type { SignOnPorts } from './ports.ts';
import type { KnownProvider } from './providers.ts';

/**
 * The role of somebody whom no rule of a provider or directory gives one: its own default, unless that lets them do something
 * that the organisation's policy does not let new accounts do.
 */
export async function roleWithoutRule({ db, accounts }: SignOnPorts, given: RoleId): Promise<RoleId> {
  const most = accounts.policy.current().newAccountRole;
  return mayManage(await holderOf(db, most), await holderOf(db, given)) ? given : most;
}

/** A provider's say in roles, within the policy. */
export async function rolesOf(
  ports: SignOnPorts,
  { settings }: KnownProvider,
): Promise<Pick<WriteProvider, 'roleRules' | 'defaultRole'>> {
  const { roleRules, defaultRole } = settings;
  return { roleRules, defaultRole: await roleWithoutRule(ports, defaultRole) };
}
