import { type ClientMessageOf, ConclaveError, type MeetingId } from '@conclave/protocol';
import type { RoomCommand } from '../../rooms/roomCommands.ts';
import { hashToken, makeToken } from '../../security/tokens.ts';
import type { ParticipationPorts, Place } from '../participation/ports.ts';

/**
 * The way into a breakout room, for somebody who is in the meeting.
 * @throws ConclaveError breakout.not_open, breakout.not_assigned, meeting.not_here.
 */
export function giveTicket(
  ports: ParticipationPorts,
  place: Place,
  { roomId }: ClientMessageOf<'breakout-ticket'>,
): { readonly roomId: MeetingId; readonly ticket: string } {
  const ticket = makeToken();
  const hash = hashToken(ticket).toString('base64url');
  handle(ports, place, 'breakout-ticket', {
    type: 'give-ticket',
    id: place.participantId,
    roomId,
    hash,
    now: ports.clock(),
  });
  return { roomId, ticket };
}

/** Back to the meeting, by one's own doing. */
export function returnFromBreakout(ports: ParticipationPorts, { meetingId, participantId }: Place): void {
  ports.rooms.find(meetingId)?.handle({ type: 'return', id: participantId, stayId: null });
}

/** @throws ConclaveError breakout.not_open. */
export function askHelp(
  ports: ParticipationPorts,
  place: Place,
  { asked }: ClientMessageOf<'breakout-help'>,
): void {
  handle(ports, place, 'breakout-help', { type: 'ask-help', id: place.participantId, asked });
}

/** Who tries what they may not is on record. */
function handle(
  ports: ParticipationPorts,
  { meetingId, participantId }: Place,
  action: 'breakout-ticket' | 'breakout-help',
  command: RoomCommand,
): void {
  try {
    const room = ports.rooms.find(meetingId);
    if (room === undefined) throw new ConclaveError('meeting.not_here');
    room.handle(command);
  } catch (error) {
    if (error instanceof ConclaveError) {
      const { code } = error;
      ports.emit({ event: 'meeting.moderation_refused', meetingId, participantId, action, code });
    }
    throw error;
  }
}
