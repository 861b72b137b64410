import { ConclaveError, type Moderation, type ParticipantId, type Whom } from '@conclave/protocol';
import type { Room } from '../../rooms/Room.ts';
import type { ParticipationPorts, Place } from '../participation/ports.ts';

type At = Pick<Place, 'meetingId' | 'participantId'>;

/** The meeting that a breakout room is of; null where the room is none. */
export function meetingOf({ rooms }: Pick<ParticipationPorts, 'rooms'>, room: Room): Room | null {
  return room.state.parent === null ? null : (rooms.find(room.state.parent) ?? null);
}

/** Who this one of a breakout room is in the meeting. */
export function stayerIn(meeting: Room, stayId: ParticipantId): ParticipantId | null {
  const stayers = [...meeting.state.members.values()];
  return stayers.find(({ breakout }) => breakout?.stayId === stayId)?.id ?? null;
}

/**
 * What is done to people in a breakout room by the meeting's hosts, as it is done in the meeting: there it is decided, it
 * holds in every room, and whoever is removed there is out of the room too. Null for what is the room's own: who is muted now
 * and who is shown large; and where the place is in no breakout room.
 * @throws ConclaveError meeting.not_here; protocol.order for what is about the breakout rooms, which is said in the meeting.
 */
export function inMeeting(
  ports: ParticipationPorts,
  { meetingId, participantId }: At,
  moderation: Moderation,
): { readonly place: At; readonly moderation: Moderation } | null {
  const room = ports.rooms.find(meetingId);
  const meeting = room === undefined ? null : meetingOf(ports, room);
  if (meeting === null) return null;
  const idOf = (stayId: ParticipantId) => stayerOr(meeting, stayId);
  const as = (there: Moderation) => ({
    place: { meetingId: meeting.id, participantId: idOf(participantId) },
    moderation: there,
  });
  switch (moderation.action) {
    case 'stop':
    case 'spotlight':
      return null;
    case 'hold':
      return as({ ...moderation, whom: whomOf(moderation.whom, idOf) });
    case 'remove':
    case 'appoint':
      return as({ ...moderation, participantId: idOf(moderation.participantId) });
    case 'let-back':
    case 'lock':
    case 'chat':
    case 'secure':
    case 'end':
      return as(moderation);
    // There are no breakout rooms of a webinar.
    case 'stage':
    case 'live':
    case 'open-rooms':
    case 'assign-room':
    case 'time-rooms':
    case 'close-rooms':
      throw new ConclaveError('protocol.order');
  }
}

/** Somebody of a breakout room, and who says something of them, as the meeting knows both; null in no breakout room. */
export function personInMeeting(
  ports: ParticipationPorts,
  { meetingId, participantId }: At,
  id: ParticipantId,
): { readonly place: At; readonly id: ParticipantId } | null {
  const room = ports.rooms.find(meetingId);
  const meeting = room === undefined ? null : meetingOf(ports, room);
  if (meeting === null) return null;
  const place = { meetingId: meeting.id, participantId: stayerOr(meeting, participantId) };
  return { place, id: stayerOr(meeting, id) };
}

function whomOf(whom: Whom, idOf: (stayId: ParticipantId) => ParticipantId): Whom {
  return whom.who === 'some'
    ? { who: 'some', participantIds: whom.participantIds.map(idOf) }
    : { who: 'all', except: whom.except.map(idOf) };
}

function stayerOr(meeting: Room, stayId: ParticipantId): ParticipantId {
  const id = stayerIn(meeting, stayId);
  if (id === null) throw new ConclaveError('meeting.not_here');
  return id;
}
