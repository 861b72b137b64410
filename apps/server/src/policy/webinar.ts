import type { MeetingRules, ParticipantRole, StagePlace } from '@conclave/protocol';
import { LIMITS } from '@conclave/protocol';
import { isModerator } from './openTo.ts';

/** Of whom it is asked what they see of others, and others of them. */
export interface Attendee {
  readonly id: string;
  readonly role: ParticipantRole;
  readonly stage: StagePlace;
}

export function isWebinar({ form }: Pick<MeetingRules, 'form'>): boolean {
  return form === 'webinar';
}

/** Where somebody begins. Hosts and co-hosts are on stage; outside a webinar everybody is. */
export function firstPlace(rules: Pick<MeetingRules, 'form'>, role: ParticipantRole): StagePlace {
  return isWebinar(rules) && !isModerator(role) ? 'off' : 'on';
}

export function isOnStage({ stage }: Pick<Attendee, 'stage'>): boolean {
  return stage === 'on';
}

/** Who is on stage is seen by everybody; the audience by hosts and co-hosts, and each one by themselves. */
export function maySee(
  viewer: Pick<Attendee, 'id' | 'role'>,
  subject: Pick<Attendee, 'id' | 'stage'>,
): boolean {
  return isOnStage(subject) || isModerator(viewer.role) || viewer.id === subject.id;
}

/**
 * Whose leaf in the encrypted group names nobody, since all who are in the group read it. Hosts and co-hosts come with their names:
 * they are on stage, and let others in by them.
 */
export function comesUnnamed(rules: Pick<MeetingRules, 'form'>, role: ParticipantRole): boolean {
  return isWebinar(rules) && !isModerator(role);
}

/** How many may be on stage. */
export function stagePlaces({ participants }: Pick<MeetingRules, 'participants'>): number {
  return Math.min(participants, LIMITS.stage);
}

/** All reactions of one audience together: each goes to everybody. */
export const AUDIENCE_REACTIONS = { perSecond: 5, burst: 10 } as const;
