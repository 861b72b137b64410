import type { ParticipantState, RaisedHand } from '@conclave/client';

/** Whose hand is up stands above the others, the one that was up first before the rest. */
export function handsFirst(
  participants: readonly ParticipantState[],
  hands: readonly RaisedHand[],
): readonly ParticipantState[] {
  const places = new Map(hands.map(({ participantId }, index) => [participantId, index]));
  const up = participants.filter(({ id }) => places.has(id));
  up.sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
  return [...up, ...participants.filter(({ id }) => !places.has(id))];
}
