import type { Roster } from './roster.ts';
import type { ParticipantState } from './types.ts';

export interface LocalTracks {
  readonly camera: MediaStreamTrack | null;
  readonly screen: MediaStreamTrack | null;
}

/** The roster joined with the tracks that show it. `trackOf` gives the track of a receive line. */
export function participantStates(
  roster: Roster,
  local: LocalTracks,
  trackOf: (mid: string) => MediaStreamTrack | null,
): readonly ParticipantState[] {
  const cameras = new Map<string, MediaStreamTrack | null>();
  const screens = new Map<string, MediaStreamTrack | null>();
  for (const { participantId, use, layer, mid } of roster.slots) {
    if (participantId === null) continue;
    // Without a layer nothing is forwarded yet: a slot's last picture of somebody else is not theirs.
    if (use === 'video-slot' && layer !== null) cameras.set(participantId, trackOf(mid));
    if (use === 'screen-slot') screens.set(participantId, trackOf(mid));
  }
  return roster.participants.map((participant) => {
    const self = participant.id === roster.self;
    const camera = self ? local.camera : (cameras.get(participant.id) ?? null);
    const screen = self ? local.screen : (screens.get(participant.id) ?? null);
    return {
      ...participant,
      self,
      camera: self || participant.sources.camera ? camera : null,
      screen: self || participant.sources.screen ? screen : null,
    };
  });
}
