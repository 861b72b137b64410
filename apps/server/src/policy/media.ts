import {
  type Held,
  type MeetingRules,
  type ModeratedSource,
  NO_SOURCES,
  type ParticipantRole,
  type SourceSet,
  type StagePlace,
} from '@conclave/protocol';
import { isModerator, isOpenTo } from './openTo.ts';

/** What was said of one person's sources; null: what is said of all holds for them too. */
export type Permits = Readonly<Record<ModeratedSource, 'held' | 'given' | null>>;

/** Of whom it is asked what they may send. */
export interface MediaPerson {
  readonly role: ParticipantRole;
  readonly permits: Permits;
  readonly stage: StagePlace;
  /** Where they are meanwhile; null: here. */
  readonly breakout: unknown;
}

/**
 * What somebody may send: nothing from the audience of a webinar, and nothing while they are in a breakout
 * room, for nobody is heard in two rooms. Else, the meeting's rules come first, and nobody in it gives more than they do. Then what hosts have said
 * of this person, then what they have said of all, which is not for hosts and co-hosts.
 */
export function allowedSources(
  { role, permits, stage, breakout }: MediaPerson,
  { screenSharing }: Pick<MeetingRules, 'screenSharing'>,
  held: Held,
): SourceSet {
  if (stage !== 'on' || breakout !== null) return NO_SOURCES;
  const isFree = (source: ModeratedSource) =>
    isModerator(role) || (permits[source] === null ? !held[source] : permits[source] === 'given');
  const screen = isOpenTo(screenSharing, role) && isFree('screen');
  return { microphone: isFree('microphone'), camera: isFree('camera'), screen, screenAudio: screen };
}
