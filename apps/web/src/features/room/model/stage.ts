import type { ParticipantState } from '@conclave/client';

/** One picture of one person: a participant can show two. */
export interface Picture {
  readonly participantId: string;
  readonly source: 'camera' | 'screen';
}

export function keyOf({ participantId, source }: Picture): string {
  return `${source}:${participantId}`;
}

export function samePicture(a: Picture | null, b: Picture | null): boolean {
  return a === b || (a !== null && b !== null && keyOf(a) === keyOf(b));
}

/**
 * What is shown large: what the person pinned, as long as it is there; otherwise somebody else's screen.
 * Of several screens the one whose picture has come; a screen of one's own is never large, it would mirror itself.
 */
export function focusOf(participants: readonly ParticipantState[], pinned: Picture | null): Picture | null {
  const owner = participants.find(({ id }) => id === pinned?.participantId);
  const sharing = participants.filter(({ self, sources }) => !self && sources.screen);
  const arrived = sharing.find(({ screen }) => screen !== null);
  if (pinned !== null && owner !== undefined) {
    // The server sends one screen. A pinned one that another has taken the place of would stay empty.
    const stays = owner.sources.screen && (owner.screen !== null || arrived === undefined);
    if (pinned.source === 'camera' || stays) return pinned;
  }
  const shown = arrived ?? sharing[0];
  return shown === undefined ? null : { participantId: shown.id, source: 'screen' };
}

/**
 * All that is shown large: what `focusOf` finds, which is one's own choice or a screen; otherwise those whom a host shows to
 * everybody, oneself among them, in the host's order.
 */
export function largeOf(
  participants: readonly ParticipantState[],
  pinned: Picture | null,
  spotlight: readonly string[],
): readonly Picture[] {
  const focus = focusOf(participants, pinned);
  if (focus !== null) return [focus];
  return spotlight
    .filter((participantId) => participants.some(({ id }) => id === participantId))
    .map((participantId) => ({ participantId, source: 'camera' }));
}

/** Every picture that wants a small tile, in a stable order: screens, then oneself, then the others by joining. */
export function smallPictures(
  participants: readonly ParticipantState[],
  large: readonly Picture[],
  selfView: boolean,
): readonly Picture[] {
  const screens = participants
    .filter(({ sources, self, screen }) => sources.screen || (self && screen !== null))
    .map(({ id }): Picture => ({ participantId: id, source: 'screen' }));
  const cameras = participants
    .filter(({ self }) => !self || selfView)
    .map(({ id }): Picture => ({ participantId: id, source: 'camera' }));
  return [...screens, ...cameras].filter((picture) => !large.some((one) => samePicture(picture, one)));
}
