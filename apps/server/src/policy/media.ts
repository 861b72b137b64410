import type { MeetingRules, ParticipantRole, SourceSet } from '@conclave/protocol';
import { isOpenTo } from './openTo.ts';

/** Everybody may speak and be seen; a screen is shared by those whom the meeting's rules let share one. */
export function allowedSources(
  role: ParticipantRole,
  { screenSharing }: Pick<MeetingRules, 'screenSharing'>,
): SourceSet {
  const mayShare = isOpenTo(screenSharing, role);
  return { microphone: true, camera: true, screen: mayShare, screenAudio: mayShare };
}
