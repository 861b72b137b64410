import { randomBytes } from 'node:crypto';
import { type ClientMessageOf, CONTROLS, ConclaveError } from '@conclave/protocol';
import { roleIn } from '../../policy/joining.ts';
import { comesUnnamed } from '../../policy/webinar.ts';
import { namingRefusal } from '../../rooms/decideEntry.ts';
import { withOffice } from '../../rooms/offices.ts';
import type { Room } from '../../rooms/Room.ts';
import type { Visitor as RoomVisitor } from '../../rooms/roomState.ts';
import { provesPasscode } from '../../security/passcode.ts';
import { hashToken, makeToken } from '../../security/tokens.ts';
import type { JoinableMeeting } from '../meetings/ports.ts';
import type { Invited, ParticipationPorts, Place, Visitor } from './ports.ts';
import { rulesFor, rulesNow } from './rules.ts';

/**
 * Lets somebody in who proves to know the passcode, or lets them wait at the door. Which of the two, the room decides.
 * @throws ConclaveError meeting.not_found, meeting.wrong_passcode, meeting.members_only, meeting.full, meeting.id_taken,
 * webinar.unnamed, meeting.banned, meeting.locked, meeting.lobby_full, meeting.knocked_too_often, invitation.invalid, media.full,
 * auth.too_many_attempts.
 */
export async function join(
  ports: ParticipationPorts,
  visitor: Visitor,
  request: ClientMessageOf<'join'>,
): Promise<Place> {
  try {
    const meeting = await checkProof(ports, visitor, request);
    const readAt = ports.clock();
    checkNaming(ports, visitor, meeting, request);
    const invited = await checkInvitation(ports, visitor, request);
    await countJoin(ports, visitor, meeting, invited);
    // It may have been taken back after we have read it, when that was news about nobody here.
    if (invited !== null && (ports.uninvited.get(invited.id) ?? 0) >= readAt) {
      throw new ConclaveError('invitation.invalid');
    }
    const opens = ports.rooms.findMeeting(meeting.id) === undefined;
    const place = enter(ports, visitor, request, { meeting, invited });
    // What its host chose between our reading and the room's opening was news for nobody.
    if (opens) ports.readChoices(meeting.id);
    return place;
  } catch (error) {
    // Whoever did not know that it is a webinar comes again at once.
    if (error instanceof ConclaveError && error.code !== 'webinar.unnamed') {
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
  // Nor strangers behind the same address: an account is counted by its own name.
  const address = visitor.account === null ? visitor.addressKey : null;
  const attempt = await ports.proofAttempts.begin({ address, meeting: counted });
  if (meeting === null) throw new ConclaveError('meeting.not_found');
  if (!provesPasscode(Buffer.from(proof, 'base64url'), meeting.verifier))
    throw new ConclaveError('meeting.wrong_passcode');
  await attempt.succeeded();
  return meeting;
}

/** R39, before anything is counted: whoever knows no more than the link cannot know of which form the meeting is. */
function checkNaming(
  ports: ParticipationPorts,
  { account }: Visitor,
  meeting: JoinableMeeting,
  { introduction }: ClientMessageOf<'join'>,
): void {
  const accountId = account?.accountId ?? null;
  const state = ports.rooms.findMeeting(meeting.id)?.state ?? {
    appointed: new Map(),
    cohosts: meeting.cohosts,
  };
  const { role } = withOffice(state, { accountId, role: roleIn(meeting, accountId), controls: [] });
  const refusal = namingRefusal(comesUnnamed(rulesNow(ports, meeting), role), introduction);
  if (refusal !== null) throw new ConclaveError(refusal);
}

/** An invitation of 256 random bits cannot be guessed; wrong ones are counted with wrong passcodes all the same. */
async function checkInvitation(
  ports: ParticipationPorts,
  visitor: Visitor,
  { meetingId, invitation }: ClientMessageOf<'join'>,
): Promise<Invited | null> {
  if (invitation === null) return null;
  const address = visitor.account === null ? visitor.addressKey : null;
  const counted = visitor.account === null ? null : `${meetingId} ${visitor.account.accountId}`;
  const attempt = await ports.proofAttempts.begin({ address, meeting: counted });
  const invited = await ports.findInvitation(meetingId, invitation);
  if (invited === null) throw new ConclaveError('invitation.invalid');
  await attempt.succeeded();
  return invited;
}

/** Whoever asks again and again is heard again later. A host who comes back often is let in. */
async function countJoin(
  ports: ParticipationPorts,
  { account, visitorKey }: Visitor,
  { id, ownerId }: JoinableMeeting,
  invited: Invited | null,
): Promise<void> {
  if (account?.accountId === ownerId) return;
  const who = account?.accountId ?? visitorKey;
  try {
    await ports.joinAttempts.begin({
      visitor: who === null ? null : `${id} ${who}`,
      invitation: invited?.id ?? null,
    });
  } catch (error) {
    if (!(error instanceof ConclaveError)) throw error;
    const { retryAfterMs } = error;
    throw new ConclaveError('meeting.knocked_too_often', retryAfterMs === undefined ? {} : { retryAfterMs });
  }
}

function enter(
  ports: ParticipationPorts,
  visitor: Visitor,
  request: ClientMessageOf<'join'>,
  { meeting, invited }: { readonly meeting: JoinableMeeting; readonly invited: Invited | null },
): Place {
  const { participantId: id, keyPackage, introduction } = request;
  // What is kept for a participant is kept by this id, whichever meeting they are in.
  if (ports.rooms.holds(id)) throw new ConclaveError('meeting.id_taken');
  const resumeToken = makeToken();
  const room = openRoom(ports, meeting);
  const events = room.handle({
    type: 'enter',
    visitor: describe(visitor, request, { meeting, invited, resumeToken }),
    keyPackage,
    introduction,
    now: ports.clock(),
  });
  const waits = !events.some((event) => event.type === 'joined');
  return { meetingId: meeting.id, participantId: id, resumeToken, waits };
}

/** Of a meeting that nobody is in yet, the service must be able to carry one more. */
function openRoom(ports: ParticipationPorts, meeting: JoinableMeeting): Room {
  // Whoever makes a meeting chooses its id, and may have chosen that of a breakout room.
  if (ports.rooms.isBreakout(meeting.id)) throw new ConclaveError('meeting.not_found');
  ports.media.admit(meeting.id);
  return ports.rooms.open(meeting.id, {
    title: meeting.title,
    rules: rulesFor(ports, meeting),
    groupSeed: randomBytes(12).toString('base64url'),
    cohosts: meeting.cohosts,
    removals: meeting.removals,
  });
}

function describe(
  { account, visitorKey, addressKey }: Visitor,
  { participantId: id, name }: ClientMessageOf<'join'>,
  given: {
    readonly meeting: JoinableMeeting;
    readonly invited: Invited | null;
    readonly resumeToken: string;
  },
): RoomVisitor {
  const { meeting, invited, resumeToken } = given;
  const accountId = account?.accountId ?? null;
  const role = roleIn(meeting, accountId);
  return {
    id,
    accountId,
    sessionId: account?.sessionId ?? null,
    invitationId: invited?.id ?? null,
    visitorKey,
    addressKey,
    name: account?.name ?? name,
    invitedAs: invited?.name ?? null,
    role,
    controls: role === 'host' ? CONTROLS : [],
    resumeHash: hashToken(resumeToken).toString('base64url'),
  };
}
