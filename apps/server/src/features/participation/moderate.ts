import {
  type ClientMessageOf,
  ConclaveError,
  type InvitationId,
  type MeetingId,
  type Moderation,
  type ParticipantId,
} from '@conclave/protocol';
import { has } from '../../policy/moderation.ts';
import type { Room } from '../../rooms/Room.ts';
import type { RoomCommand } from '../../rooms/roomCommands.ts';
import type { RoomEvent } from '../../rooms/roomEvents.ts';
import type { RoomState } from '../../rooms/roomState.ts';
import { MessageRate } from '../../security/MessageRate.ts';
import { tellBreakouts } from '../breakout/followBreakouts.ts';
import { freshIds, isBreakout } from '../breakout/freshIds.ts';
import { inMeeting, personInMeeting } from '../breakout/inMeeting.ts';
import type { ParticipationPorts, Place } from './ports.ts';

/**
 * Lets in whom a host has signed admissions for.
 * @throws ConclaveError meeting.not_allowed, meeting.not_here, meeting.full.
 */
export function admit(ports: ParticipationPorts, place: Place, message: ClientMessageOf<'admit'>): void {
  const admissions = new Map(message.admissions.map((one) => [one.participantId, one.admission]));
  const by = place.participantId;
  command(ports, place, 'admit', { type: 'admit', by, admissions, now: ports.clock() });
}

/** @throws ConclaveError meeting.not_allowed, meeting.not_here. */
export async function turnAway(
  ports: ParticipationPorts,
  place: Place,
  { participantId: id, whom, ban }: ClientMessageOf<'turn-away'>,
): Promise<void> {
  const { meetingId, participantId: by } = place;
  const now = ports.clock();
  const events = command(ports, place, 'turn-away', { type: 'turn-away', by, id, whom, ban, now });
  for (const event of events) {
    if (event.type !== 'knock-over') continue;
    const participantId = event.knock.id;
    ports.emit({
      event: 'participant.turned_away',
      meetingId,
      participantId,
      by,
      ban: ban && participantId === id,
    });
  }
  await keepRemovals(ports, place, events);
}

/**
 * What a host does to others. It holds at once; what is for good is answered when it is kept.
 * @throws ConclaveError meeting.not_allowed, meeting.not_here.
 */
export async function moderate(
  ports: ParticipationPorts,
  place: Pick<Place, 'meetingId' | 'participantId'>,
  { moderation }: Pick<ClientMessageOf<'moderate'>, 'moderation'>,
): Promise<void> {
  const { meetingId, participantId: by } = place;
  const { action } = moderation;
  // Whoever is ordered about in a breakout room goes by another name there.
  const meeting = inMeeting(ports, place, moderation);
  if (meeting !== null) return await moderate(ports, meeting.place, meeting);
  refuseTooMany(ports, meetingId);
  // What cannot be forgotten is not forgotten in the meeting either.
  if (action === 'let-back' && mayLetBack(ports, { meetingId, participantId: by })) {
    await ports.removals.forget(meetingId, moderation.participantId);
  }
  const events = command(ports, place, action, toCommand(moderation, by, ports.clock()));
  tellBreakouts(ports, roomOf(ports, meetingId));
  const subjects = [...new Set(events.flatMap((event) => subjectOf(event) ?? []))];
  ports.emit({ event: 'meeting.moderated', meetingId, participantId: by, action, subjects });
  await keepRemovals(ports, place, events);
}

function toCommand(moderation: Moderation, by: ParticipantId, now: number): RoomCommand {
  return isBreakout(moderation)
    ? { type: 'moderate-breakout', by, moderation, freshIds: freshIds(moderation), now }
    : { type: 'moderate', by, moderation, now };
}

/** Each is told to everybody in the room: an order a second is more than anybody means, and hundreds stop the service. */
function refuseTooMany(ports: ParticipationPorts, meetingId: MeetingId): void {
  const now = ports.clock();
  const rate = ports.moderationRates.get(meetingId) ?? new MessageRate(3, 30, now);
  ports.moderationRates.set(meetingId, rate);
  if (!rate.take(now)) throw new ConclaveError('request.rate');
}

function mayLetBack(
  ports: ParticipationPorts,
  { meetingId, participantId }: Pick<Place, 'meetingId' | 'participantId'>,
): boolean {
  const member = roomOf(ports, meetingId).member(participantId);
  return member !== undefined && has(member, 'remove');
}

/**
 * Comes on stage, declines, or goes back to the audience.
 * @throws ConclaveError meeting.not_allowed, meeting.full, meeting.not_here.
 */
export function takeStage(
  ports: ParticipationPorts,
  place: Place,
  { onStage }: ClientMessageOf<'take-stage'>,
): void {
  refuseTooMany(ports, place.meetingId);
  command(ports, place, 'take-stage', { type: 'take-stage', id: place.participantId, onStage });
}

/** @throws ConclaveError meeting.not_here. */
export function report(
  ports: ParticipationPorts,
  place: Pick<Place, 'meetingId' | 'participantId'>,
  { participantId: id, reason }: Pick<ClientMessageOf<'report'>, 'participantId' | 'reason'>,
): void {
  const { meetingId, participantId: by } = place;
  const meeting = personInMeeting(ports, place, id);
  if (meeting !== null) {
    report(ports, meeting.place, { participantId: meeting.id, reason });
    return;
  }
  roomOf(ports, meetingId).handle({ type: 'report', by, id, reason });
  ports.emit({ event: 'participant.reported', meetingId, participantId: id, by, reason });
}

/** An invitation is no longer good: whoever came with it goes at once. */
export function uninvite(ports: ParticipationPorts, meetingId: MeetingId, invitationId: InvitationId): void {
  ports.uninvited.set(invitationId, ports.clock());
  ports.rooms.findMeeting(meetingId)?.handle({ type: 'uninvite', invitationId });
}

/** There is another passcode: those who wait know the former one. */
export function changePasscode(ports: ParticipationPorts, meetingId: MeetingId): void {
  ports.rooms.findMeeting(meetingId)?.handle({ type: 'change-passcode' });
}

/** The meeting has other co-hosts; those who are in it gain and lose their controls at once. */
export function setCohosts(
  ports: ParticipationPorts,
  meetingId: MeetingId,
  cohosts: RoomState['cohosts'],
): void {
  ports.rooms.findMeeting(meetingId)?.handle({ type: 'set-cohosts', cohosts, now: ports.clock() });
}

function subjectOf(event: RoomEvent) {
  if (event.type === 'moderated') return event.to;
  return event.type === 'left' ? event.member.id : null;
}

/** Who tries what they may not is on record. */
function command(
  ports: ParticipationPorts,
  { meetingId, participantId }: Pick<Place, 'meetingId' | 'participantId'>,
  action: Moderation['action'] | 'admit' | 'turn-away' | 'take-stage',
  what: RoomCommand,
): readonly RoomEvent[] {
  try {
    return roomOf(ports, meetingId).handle(what);
  } catch (error) {
    if (error instanceof ConclaveError) {
      const { code } = error;
      ports.emit({ event: 'meeting.moderation_refused', meetingId, participantId, action, code });
    }
    throw error;
  }
}

function roomOf(ports: ParticipationPorts, meetingId: Place['meetingId']): Room {
  const room = ports.rooms.find(meetingId);
  if (room === undefined) throw new ConclaveError('meeting.not_here');
  return room;
}

/** They are out already; that they stay out outlives the meeting only when this is done. */
async function keepRemovals(
  ports: ParticipationPorts,
  { meetingId }: Pick<Place, 'meetingId'>,
  events: readonly RoomEvent[],
): Promise<void> {
  for (const event of events) {
    if (event.type === 'removed' && event.removal.lasting)
      await ports.removals.keep(meetingId, event.removal);
  }
}
