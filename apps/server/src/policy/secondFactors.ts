import type { FactorKind, OwnFactorKind, Permission, Policy } from '@conclave/protocol';

/** What the organisation says about second factors. */
export interface FactorPolicy {
  /** Who must have one. Whoever has one is asked for it, whatever this says. */
  readonly secondFactor: 'nobody' | 'privileged' | 'everybody';
  readonly allowedFactors: readonly FactorKind[];
}

export function factorPolicyOf({ secondFactor, factors }: Policy): FactorPolicy {
  return { secondFactor, allowedFactors: [...factors, 'recovery'] };
}

/** The safest first: so they are offered. */
export const FACTOR_ORDER: readonly FactorKind[] = ['passkey', 'totp', 'sms', 'email', 'recovery'];

export const FACTORS_PER_ACCOUNT = 20;
export const RECOVERY_CODES = 10;

/** Whoever may do more than make meetings. */
export function isPrivileged(permissions: ReadonlySet<Permission>): boolean {
  return [...permissions].some((permission) => permission !== 'meetings.create');
}

export function mustHaveFactor(policy: FactorPolicy, permissions: ReadonlySet<Permission>): boolean {
  return (
    policy.secondFactor === 'everybody' || (policy.secondFactor === 'privileged' && isPrivileged(permissions))
  );
}

/**
 * Which factors somebody is asked for. Those that the organisation no longer allows are taken only from whoever has no other:
 * a weak second factor is better than none, and they are asked to set up another at once.
 */
export function factorsToAsk(policy: FactorPolicy, held: readonly FactorKind[]): FactorKind[] {
  const allowed = held.filter((kind) => policy.allowedFactors.includes(kind));
  const enough = allowed.some((kind) => kind !== 'recovery');
  return FACTOR_ORDER.filter((kind) => (enough ? allowed : held).includes(kind));
}

/** Whether somebody has what the organisation asks for. */
export function hasAllowedFactor(policy: FactorPolicy, held: readonly OwnFactorKind[]): boolean {
  return held.some((kind) => policy.allowedFactors.includes(kind));
}
