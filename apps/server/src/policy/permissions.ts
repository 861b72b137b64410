import {
  BUILTIN_ROLES,
  ConclaveError,
  isBuiltinRole,
  LIMITS,
  type Permission,
  type RoleId,
  type Route,
} from '@conclave/protocol';

/** Of whom it is asked what they may do. */
export interface Holder {
  readonly role: RoleId;
  readonly permissions: ReadonlySet<Permission>;
}

/** The same, of a session. */
export interface SessionHolder extends Holder {
  readonly restricted: boolean;
  /** ms since the epoch */
  readonly confirmedAt: number;
}

/** What a role lets somebody do. A role that is gone lets nobody do anything. @param custom of a role that is not built in */
export function permissionsOf(role: RoleId, custom: readonly Permission[] | null): ReadonlySet<Permission> {
  return new Set(isBuiltinRole(role) ? BUILTIN_ROLES[role] : (custom ?? []));
}

/**
 * Whether a route may be called. The order tells most to whom it helps: who one is, whether one must finish signing in,
 * whether one may at all, and only then whether one has to prove again who one is.
 * @throws ConclaveError auth.required, auth.factor_needed, auth.forbidden, auth.step_up
 */
export function refuseUnlessAllowed(
  { access, stepUp, whileRestricted }: Pick<Route, 'access' | 'stepUp' | 'whileRestricted'>,
  caller: SessionHolder | null,
  now: number,
): void {
  if (access === 'anyone') return;
  if (caller === null) throw new ConclaveError('auth.required');
  if (caller.restricted && whileRestricted !== true) throw new ConclaveError('auth.factor_needed');
  if (access !== 'account' && !caller.permissions.has(access)) throw new ConclaveError('auth.forbidden');
  if (stepUp === true) refuseUnlessConfirmed(caller, now);
}

/** @throws ConclaveError auth.step_up */
export function refuseUnlessConfirmed({ confirmedAt }: SessionHolder, now: number): void {
  if (now - confirmedAt > LIMITS.stepUpMs) throw new ConclaveError('auth.step_up');
}

/**
 * Nobody gives what they do not have, and nobody changes somebody who may do more than they: or whoever manages people
 * could make themselves an owner. Only owners make owners and change them.
 */
export function mayManage(actor: Holder, target: Holder): boolean {
  if (target.role === 'owner') return actor.role === 'owner';
  return [...target.permissions].every((permission) => actor.permissions.has(permission));
}
