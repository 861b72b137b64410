import { randomBytes } from 'node:crypto';
import { type ClientMessageOf, ConclaveError, type MeetingId } from '@conclave/protocol';
import { breakoutRules } from '../../rooms/followMeeting.ts';
import type { Room } from '../../rooms/Room.ts';
import type { Member } from '../../rooms/roomState.ts';
import { hashToken, makeToken } from '../../security/tokens.ts';
import type { ParticipationPorts, Place, Visitor } from '../participation/ports.ts';

/**
 * Lets somebody into a breakout room who shows a ticket of the meeting: nothing else leads there, and no link.
 * @throws ConclaveError breakout.ticket_invalid, breakout.not_open, breakout.not_assigned, meeting.id_taken, media.full.
 */
export function joinBreakout(
  ports: ParticipationPorts,
  visitor: Visitor,
  request: ClientMessageOf<'join-breakout'>,
): Place {
  const { meetingId: roomId, participantId: stayId, keyPackage } = request;
  try {
    const meeting = ports.rooms.all().find(({ state }) => hasRoom(state, roomId));
    if (meeting === undefined) throw new ConclaveError('breakout.not_open');
    if (ports.rooms.holds(stayId)) throw new ConclaveError('meeting.id_taken');
    ports.media.admit(roomId);
    // First out of the meeting, and of the room before, then into this one: never in two.
    const member = useTicket(ports, visitor, request, meeting);
    const resumeToken = makeToken();
    try {
      const { sessionId, accountId, invitationId, visitorKey, addressKey } = member;
      const { name, role, invitedAs, controls } = member;
      openRoom(ports, meeting, roomId).handle({
        type: 'enter-breakout',
        visitor: {
          ...{ id: stayId, sessionId, accountId, invitationId, visitorKey, addressKey },
          ...{ name, role, invitedAs, controls },
          resumeHash: hashToken(resumeToken).toString('base64url'),
        },
        permits: member.permits,
        keyPackage,
        now: ports.clock(),
      });
    } catch (error) {
      meeting.handle({ type: 'return', id: member.id, stayId });
      throw error;
    }
    return { meetingId: roomId, participantId: stayId, resumeToken, waits: false };
  } catch (error) {
    if (error instanceof ConclaveError)
      ports.emit({ event: 'join.refused', meetingId: roomId, code: error.code });
    throw error;
  }
}

function hasRoom({ breakout }: Room['state'], roomId: MeetingId): boolean {
  return breakout?.rooms.some(({ id }) => id === roomId) ?? false;
}

function useTicket(
  ports: ParticipationPorts,
  { account, visitorKey, keepsCookie, addressKey }: Visitor,
  { ticket, meetingId: roomId, participantId: stayId }: ClientMessageOf<'join-breakout'>,
  meeting: Room,
): Member {
  meeting.handle({
    type: 'use-ticket',
    hash: hashToken(ticket).toString('base64url'),
    bearer: {
      sessionId: account?.sessionId ?? null,
      visitorKey: keepsCookie ? visitorKey : null,
      addressKey,
    },
    stay: { roomId, stayId },
    now: ports.clock(),
  });
  const member = [...meeting.state.members.values()].find(({ breakout }) => breakout?.stayId === stayId);
  if (member === undefined) throw new ConclaveError('meeting.not_here');
  return member;
}

function openRoom(ports: ParticipationPorts, { id, state }: Room, roomId: MeetingId): Room {
  const { rules, orders, breakout } = state;
  const open = ports.rooms.find(roomId);
  if (open !== undefined && open.state.parent !== id) throw new ConclaveError('breakout.not_open');
  return ports.rooms.open(roomId, {
    title: breakout?.rooms.find((room) => room.id === roomId)?.name ?? null,
    rules: breakoutRules(rules),
    groupSeed: randomBytes(12).toString('base64url'),
    cohosts: new Map(),
    removals: [],
    parent: { id, locked: orders.locked, held: orders.held, chat: orders.chat },
  });
}
