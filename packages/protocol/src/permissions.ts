import * as z from 'zod/mini';
import { Uuid } from './ids.ts';

/**
 * Every right that a role can carry. Each is one thing that somebody may do for the service; what people may do to what is
 * their own (their account, their meetings) needs none of them, but `meetings.create`.
 */
export const PERMISSIONS = [
  /** Make meetings, and be their host. */
  'meetings.create',
  /** See the accounts of the service: names, addresses, roles. */
  'people.read',
  /** Invite, rename, suspend, give roles, take away second factors. */
  'people.manage',
  /** Make and change roles. */
  'roles.manage',
  'policy.read',
  'policy.manage',
  'signon.read',
  'signon.manage',
  /** See which messages the service has sent, and to whom; without the links in them that let somebody in. */
  'mail.read',
  'data.export',
  'data.erase',
  'logs.read',
  'alerts.read',
  'statistics.read',
] as const;

export const Permission = z.enum(PERMISSIONS);
export type Permission = z.infer<typeof Permission>;

/**
 * Rights as strong as an owner's: whoever says which sign-on and which directory is believed can become anybody. They are in no
 * role but the owner's.
 */
export const OWNER_ONLY: readonly Permission[] = ['signon.manage'];

export const BuiltinRole = z.enum(['owner', 'administrator', 'auditor', 'organiser', 'member']);
export type BuiltinRole = z.infer<typeof BuiltinRole>;

/**
 * The roles that are always there. An owner may do all there is, and alone makes owners; an auditor sees what happened and
 * nothing of what was said; a member joins the meetings of others.
 */
export const BUILTIN_ROLES: Readonly<Record<BuiltinRole, readonly Permission[]>> = {
  owner: PERMISSIONS,
  administrator: PERMISSIONS.filter((permission) => !OWNER_ONLY.includes(permission)),
  auditor: ['people.read', 'policy.read', 'signon.read', 'logs.read', 'alerts.read', 'statistics.read'],
  organiser: ['meetings.create'],
  member: [],
};

/** A built-in role by its name, or one that the organisation has made. */
export const RoleId = z.union([BuiltinRole, Uuid]);
export type RoleId = z.infer<typeof RoleId>;

export function isBuiltinRole(role: RoleId): role is BuiltinRole {
  return Object.hasOwn(BUILTIN_ROLES, role);
}
