import type { LobbyKnock } from '@conclave/client';

/** So many are drawn at once; whoever looks for another one searches. */
export const KNOCKS_SHOWN = 50;

/** Somebody else's word says who they are, and what they came with holds. */
export function isKnown({ identity, proof }: LobbyKnock): boolean {
  return proof === 'valid' && identity !== 'self-declared';
}

export function admissible(knocks: readonly LobbyKnock[]): readonly LobbyKnock[] {
  return knocks.filter(({ proof }) => proof === 'valid');
}

/** In the order in which they came. */
export function findKnocks(knocks: readonly LobbyKnock[], sought: string): readonly LobbyKnock[] {
  const wanted = sought.trim().toLowerCase();
  return wanted === '' ? knocks : knocks.filter(({ name }) => name.toLowerCase().includes(wanted));
}

export function idsOf(knocks: readonly LobbyKnock[]): readonly string[] {
  return knocks.map(({ participantId }) => participantId);
}
