import { type ClientMessageOf, ConclaveError } from '@conclave/protocol';
import { hashToken, makeToken } from '../../security/tokens.ts';
import type { ParticipationPorts, Place } from './ports.ts';

/**
 * Gives somebody's place back to whoever has its token: after a lost socket or a reload.
 * @throws ConclaveError resume.unknown when the place was given up, or the token was used; webinar.unnamed, and the token is good still.
 */
export function resume(
  ports: ParticipationPorts,
  { meetingId, token, group }: ClientMessageOf<'resume'>,
): Place {
  const room = ports.rooms.find(meetingId);
  if (room === undefined) throw new ConclaveError('resume.unknown');
  const resumeToken = makeToken();
  const events = room.handle({
    type: 'resume',
    resumeHash: hashToken(token).toString('base64url'),
    nextHash: hashToken(resumeToken).toString('base64url'),
    claim: group,
  });
  const resumed = events.find((event) => event.type === 'resumed');
  if (resumed === undefined) throw new ConclaveError('resume.unknown');
  const participantId = resumed.member.id;
  ports.emit({ event: 'participant.resumed', meetingId, participantId });
  return { meetingId, participantId, resumeToken, waits: false };
}
