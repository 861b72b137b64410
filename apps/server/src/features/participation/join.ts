import { createHash, randomBytes } from 'node:crypto';
import { type ClientMessageOf, ConclaveError } from '@conclave/protocol';
import { mayJoin, roleIn } from '../../policy/joining.ts';
import { allowedSources } from '../../policy/media.ts';
import { hashToken, makeToken, sameBytes } from '../../security/tokens.ts';
import type { JoinableMeeting } from '../meetings/ports.ts';
import type { ParticipationPorts, Place, Visitor } from './ports.ts';
import { rulesFor } from './rules.ts';

/**
 * Lets somebody in who proves to know the passcode.
 * @throws ConclaveError meeting.not_found, meeting.wrong_passcode, meeting.members_only, meeting.full, meeting.id_taken,
 * media.full, auth.too_many_attempts.
 */
export async function join(
  ports: ParticipationPorts,
  visitor: Visitor,
  request: ClientMessageOf<'join'>,
): Promise<Place> {
  try {
    const meeting = await checkProof(ports, visitor, request);
    ports.media.admit(meeting.id);
    const opens = ports.rooms.find(meeting.id) === undefined;
    const place = enter(ports, visitor, request, meeting);
    // What its host chose between our reading and the room's opening was news for nobody.
    if (opens) ports.readChoices(meeting.id);
    return place;
  } catch (error) {
    if (error instanceof ConclaveError) {
      ports.emit({ event: 'join.refused', meetingId: request.meetingId, code: error.code });
    }
    throw error;
  }
}

async function checkProof(
  ports: ParticipationPorts,
  visitor: Visitor,
  { meetingId, proof }: ClientMessageOf<'join'>,
): Promise<JoinableMeeting> {
  const meeting = await ports.findForJoin(meetingId);
  // Strangers who guess must not lock out those who are signed in: these are counted apart.
  const counted = visitor.account === null ? meetingId : `${meetingId} ${visitor.account.accountId}`;
  const attempt = await ports.proofAttempts.begin({ address: visitor.addressKey, meeting: counted });
  if (meeting === null) throw new ConclaveError('meeting.not_found');
  const hash = createHash('sha256').update(Buffer.from(proof, 'base64url')).digest();
  if (!sameBytes(hash, meeting.verifier)) throw new ConclaveError('meeting.wrong_passcode');
  await attempt.succeeded();
  return meeting;
}

function enter(
  ports: ParticipationPorts,
  visitor: Visitor,
  { name: guestName, participantId: id, keyPackage }: ClientMessageOf<'join'>,
  meeting: JoinableMeeting,
): Place {
  const { account } = visitor;
  const rules = rulesFor(ports, meeting);
  if (!mayJoin(account, rules)) throw new ConclaveError('meeting.members_only');
  const role = roleIn(meeting, account?.accountId ?? null);
  // What is kept for a participant is kept by this id, whichever meeting they are in.
  if (ports.rooms.holds(id)) throw new ConclaveError('meeting.id_taken');
  const resumeToken = makeToken();
  const groupSeed = randomBytes(12).toString('base64url');
  ports.rooms.open(meeting.id, meeting.title, rules, groupSeed).handle({
    type: 'enter',
    member: {
      id,
      accountId: account?.accountId ?? null,
      sessionId: account?.sessionId ?? null,
      name: account?.name ?? guestName,
      role,
      allowed: allowedSources(role, rules),
      resumeHash: hashToken(resumeToken).toString('base64url'),
    },
    keyPackage,
    now: ports.clock(),
  });
  const accountId = account?.accountId ?? null;
  ports.emit({ event: 'participant.joined', meetingId: meeting.id, participantId: id, role, accountId });
  ports.markUsed(meeting.id);
  return { meetingId: meeting.id, participantId: id, resumeToken };
}
