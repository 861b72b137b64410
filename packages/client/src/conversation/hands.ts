import type { RaisedHand } from './types.ts';

/** A hand is raised when we hear of it, give or take this; ms. */
const tolerance = 15_000;

export type Hands = readonly RaisedHand[];

/** @param claimed when, by the clock of whose hand it is. @param fresh whether we have been here for a while */
export function setHand(
  hands: Hands,
  participantId: string,
  up: boolean,
  { claimed, now, fresh }: { readonly claimed: number; readonly now: number; readonly fresh: boolean },
): Hands {
  const known = hands.find((hand) => hand.participantId === participantId);
  if (!up) return known === undefined ? hands : lower(hands, participantId);
  if (known !== undefined) return hands;
  // Nobody comes before the others by a clock that is wrong, once we can tell.
  const since = Math.min(now, fresh ? Math.max(claimed, now - tolerance) : claimed);
  return [...hands, { participantId, since }].sort(
    (a, b) => a.since - b.since || (a.participantId < b.participantId ? -1 : 1),
  );
}

export function lower(hands: Hands, participantId: string): Hands {
  return hands.filter((hand) => hand.participantId !== participantId);
}

/** Hands go down when their people leave. */
export function keepHands(hands: Hands, here: ReadonlySet<string>): Hands {
  const kept = hands.filter(({ participantId }) => here.has(participantId));
  return kept.length === hands.length ? hands : kept;
}
