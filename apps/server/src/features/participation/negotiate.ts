import { type ClientMessageOf, ConclaveError } from '@conclave/protocol';
import type { ParticipationPorts, Place } from './ports.ts';

/**
 * Makes a transport for a participant, in place of the one they had. @returns the SDP answer.
 * @throws ConclaveError media.offer_invalid, media.unavailable; resume.unknown when they are no longer here.
 */
export async function negotiate(
  ports: ParticipationPorts,
  { meetingId, participantId }: Place,
  { sdp, lines }: ClientMessageOf<'offer'>,
): Promise<string> {
  const member = ports.rooms.find(meetingId)?.member(participantId);
  if (member === undefined) throw new ConclaveError('resume.unknown');
  const { allowed, sources } = member;
  const view = ports.views.get(participantId) ?? null;
  const answer = await ports.media.connect(meetingId, participantId, {
    offer: sdp,
    lines,
    allowed,
    sources,
    view,
  });
  followUp(ports, meetingId, participantId, member);
  return answer;
}

/** What changed while the transport was being made. */
function followUp(
  ports: ParticipationPorts,
  meetingId: Place['meetingId'],
  participantId: Place['participantId'],
  before: { allowed: unknown; sources: unknown },
): void {
  const member = ports.rooms.find(meetingId)?.member(participantId);
  if (member === undefined) {
    ports.media.disconnect(meetingId, participantId);
    return;
  }
  if (member.allowed !== before.allowed) ports.media.setAllowed(meetingId, participantId, member.allowed);
  if (member.sources !== before.sources) ports.media.setSources(meetingId, participantId, member.sources);
}
