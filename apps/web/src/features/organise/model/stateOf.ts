import type { Invitation } from '@conclave/protocol';

export type InvitationProgress = 'made' | 'mailed' | 'seen' | 'used' | 'revoked';

/** How far an invitation has come, and since when. */
export function stateOf(invitation: Invitation): {
  readonly name: InvitationProgress;
  readonly since: string;
} {
  const { revokedAt, usedAt, seenAt, mailedAt, madeAt } = invitation;
  if (revokedAt !== null) return { name: 'revoked', since: revokedAt };
  if (usedAt !== null) return { name: 'used', since: usedAt };
  if (seenAt !== null) return { name: 'seen', since: seenAt };
  return mailedAt === null ? { name: 'made', since: madeAt } : { name: 'mailed', since: mailedAt };
}
