import type { MeetingState } from '@conclave/client';

/** What the shield asks to look at; the first weighs most. */
export const REASONS = [
  'waiting',
  'split',
  'stuck',
  'changed',
  'renamed',
  'disturbed',
  'unverifiable',
  'regrouped',
  'joinedSince',
  'refused',
] as const;
export type Reason = (typeof REASONS)[number];

export interface Concern {
  readonly reason: Reason;
  /** Whom it is about; null where it is about nobody in the meeting. */
  readonly participantId: string | null;
}

/**
 * FORMING: nothing is sent or shown. SECURED: encrypted, and nothing to look at. ATTENTION: encrypted, and something
 * about who takes part, or what the service does, needs a person's judgement.
 */
export interface Shield {
  readonly level: 'forming' | 'secured' | 'attention';
  readonly concerns: readonly Concern[];
}

/** @param refusedSeen how many of the refused somebody has looked at */
export function shieldOf(
  { encryption, verification, doubts }: Pick<MeetingState, 'encryption' | 'verification' | 'doubts'>,
  refusedSeen: number,
): Shield {
  const people = new Set(encryption.people.map(({ participantId }) => participantId));
  const present = verification.people.filter(({ participantId }) => people.has(participantId));
  const { roomCode, comparison } = verification;
  const ids: Readonly<Record<Reason, readonly (string | null)[]>> = {
    waiting: encryption.trouble === 'waiting' ? [null] : [],
    split: encryption.trouble === 'split' ? [null] : [],
    stuck: encryption.trouble === 'stuck' ? [null] : [],
    changed: present.filter(({ trust }) => trust === 'changed').map(({ participantId }) => participantId),
    renamed: present.filter(({ trust }) => trust === 'renamed').map(({ participantId }) => participantId),
    disturbed: roomCode.name === 'broken' ? [roomCode.participantId] : [],
    unverifiable: [...new Set(doubts.map(({ participantId }) => participantId))],
    regrouped: comparison.name === 'lost' ? [null] : [],
    joinedSince: present.filter(({ joinedSince }) => joinedSince).map(({ participantId }) => participantId),
    refused: encryption.refused.length > refusedSeen ? [null] : [],
  };
  const concerns = REASONS.flatMap((reason) =>
    ids[reason].map((participantId): Concern => ({ reason, participantId })),
  );
  if (encryption.phase === 'forming') return { level: 'forming', concerns };
  return { level: concerns.length > 0 ? 'attention' : 'secured', concerns };
}

/** A changed device interrupts with a dialog, and trouble has a banner: both are read out by themselves. */
const saidElsewhere: ReadonlySet<Reason> = new Set(['changed', 'waiting', 'split', 'stuck']);

/** What is worth hearing of a change of the shield, for somebody who does not see it. */
export function shieldNews(before: Shield, after: Shield): readonly ('forming' | 'secured' | Concern)[] {
  const known = new Set(before.concerns.map(keyOf));
  const fresh = after.concerns.filter((concern) => !known.has(keyOf(concern)));
  const spoken = fresh.filter(({ reason }) => !saidElsewhere.has(reason));
  if (before.level !== 'forming' && after.level === 'forming') return ['forming', ...spoken];
  if (before.level === 'forming' && after.level !== 'forming') return ['secured', ...spoken];
  return spoken;
}

function keyOf({ reason, participantId }: Concern): string {
  return `${reason} ${participantId ?? ''}`;
}
