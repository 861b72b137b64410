import type { ParticipantRole, SourceSet } from '@conclave/protocol';

/** What this service lets people send, set by its operator. */
export interface MediaPolicy {
  readonly guestsMayShareScreen: boolean;
}

/** Everybody may speak and be seen; a guest may share a screen where the operator lets guests do so. */
export function allowedSources(role: ParticipantRole, policy: MediaPolicy): SourceSet {
  const mayShare = role !== 'guest' || policy.guestsMayShareScreen;
  return { microphone: true, camera: true, screen: mayShare, screenAudio: mayShare };
}
