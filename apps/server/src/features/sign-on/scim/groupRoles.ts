import type { RoleId } from '@conclave/protocol';
import { ScimSettings } from '@conclave/protocol';
import type { AccountRow } from '../../../storage/repositories/accounts.ts';
import { groupNamesOf } from '../../../storage/repositories/signOn/scimGroups.ts';
import type { SignOnPorts } from '../ports.ts';
import { roleWithoutRule } from '../roleWithoutRule.ts';

const key = 'scim';

export async function scimSettings(ports: SignOnPorts): Promise<ScimSettings> {
  const stored = await ports.accounts.settings.read(key, ScimSettings);
  return stored ?? { defaultRole: 'member', groupRules: [] };
}

export function writeScimSettings(ports: SignOnPorts, settings: ScimSettings): Promise<void> {
  return ports.accounts.settings.write(key, ScimSettings, settings);
}

/** The role of the first rule that fits one of somebody's groups. Where none does, a role that only rules give is lost. */
export async function roleByGroups(ports: SignOnPorts, account: AccountRow): Promise<RoleId> {
  const { groupRules, defaultRole } = await scimSettings(ports);
  const names = new Set((await groupNamesOf(ports.db, account.id)).map((name) => name.toLowerCase()));
  const rule = groupRules.find(({ group }) => names.has(group.toLowerCase()));
  if (rule !== undefined) return rule.role;
  return groupRules.some(({ role }) => role === account.role_id)
    ? roleWithoutRule(ports, defaultRole)
    : account.role_id;
}
