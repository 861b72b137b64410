import { type ClientMessageOf, ConclaveError } from '@conclave/protocol';
import { mediaView } from './mediaView.ts';
import type { ParticipationPorts, Place } from './ports.ts';

/**
 * Makes a transport for a participant, in place of the one they had. @returns the SDP answer.
 * @throws ConclaveError media.offer_invalid, media.unavailable; breakout.away while they are in a breakout room; resume.unknown when they are no longer here.
 */
export async function negotiate(
  ports: ParticipationPorts,
  { meetingId, participantId }: Place,
  { sdp, lines, sends }: ClientMessageOf<'offer'>,
): Promise<string> {
  const room = ports.rooms.find(meetingId);
  const member = room?.member(participantId);
  if (room === undefined || member === undefined) throw new ConclaveError('resume.unknown');
  const { allowed, sources } = member;
  if (member.breakout !== null) throw new ConclaveError('breakout.away');
  const view = mediaView(ports, room, participantId);
  try {
    return await ports.media.connect(meetingId, participantId, {
      offer: sdp,
      lines,
      allowed,
      sources,
      sends,
      view,
    });
  } finally {
    followUp(ports, meetingId, participantId, member);
  }
}

/** What changed while the transport was being made. */
function followUp(
  ports: ParticipationPorts,
  meetingId: Place['meetingId'],
  participantId: Place['participantId'],
  before: { allowed: unknown; sources: unknown },
): void {
  const room = ports.rooms.find(meetingId);
  // The media plane may have made a place for a meeting that nobody is in any more, and nobody would close it again.
  if (room === undefined) ports.media.closeRoom(meetingId);
  const member = room?.member(participantId);
  if (member === undefined || member.breakout !== null) {
    ports.media.disconnect(meetingId, participantId);
    return;
  }
  if (member.allowed !== before.allowed) ports.media.setAllowed(meetingId, participantId, member.allowed);
  if (member.sources !== before.sources) ports.media.setSources(meetingId, participantId, member.sources);
}
