import { type ClientMessageOf, ConclaveError, type GroupSeat, type StagePlace } from '@conclave/protocol';
import { audienceMessageCost, GROUP_QUOTAS, type Quotas, WEBINAR_QUOTAS } from '../../policy/group.ts';
import { AUDIENCE_REACTIONS, isWebinar } from '../../policy/webinar.ts';
import { groupSeatOf } from '../../rooms/groupState.ts';
import type { RoomCommand } from '../../rooms/roomCommands.ts';
import { MessageRate } from '../../security/MessageRate.ts';
import { GroupQuota } from './GroupQuota.ts';
import type { ParticipationPorts, Place } from './ports.ts';

/** @throws ConclaveError group.not_member, group.stale_epoch, group.not_pending, group.rate. */
export function commitToGroup(
  ports: ParticipationPorts,
  place: Place,
  { groupId, epoch, commit, welcome, added, removed }: ClientMessageOf<'group-commit'>,
): void {
  take(ports, place, (quota, now) => quota.takeCommit(commit.length, welcome?.length ?? 0, now));
  const { participantId: id } = place;
  handle(ports, place, { type: 'commit-group', id, groupId, epoch, commit, welcome, added, removed });
}

/** An application message, of which the server knows nothing. @throws ConclaveError group.not_member, group.rate. */
export function sendToGroup(
  ports: ParticipationPorts,
  place: Place,
  { groupId, to, message }: ClientMessageOf<'group-message'>,
): void {
  const isAudience = stageOf(ports, place) !== 'on';
  const cost = isAudience ? audienceMessageCost : 1;
  take(ports, place, (quota, now) => quota.takeMessage(message.length, now, cost));
  if (isAudience && to === 'everybody') takeReaction(ports, place);
  handle(ports, place, { type: 'send-to-group', id: place.participantId, groupId, to, message });
}

function stageOf({ rooms }: ParticipationPorts, { meetingId, participantId }: Place): StagePlace {
  return rooms.find(meetingId)?.member(participantId)?.stage ?? 'off';
}

/** What an audience says to everybody is bounded for all of it together. */
function takeReaction(ports: ParticipationPorts, { meetingId }: Place): void {
  const { perSecond, burst } = AUDIENCE_REACTIONS;
  const now = ports.clock();
  const rate = ports.audienceRates.get(meetingId) ?? new MessageRate(perSecond, burst, now);
  ports.audienceRates.set(meetingId, rate);
  onRecord(ports, () => {
    if (!rate.take(now)) throw new ConclaveError('group.rate', { retryAfterMs: 1_000 });
  });
}

/** @throws ConclaveError resume.unknown when they are no longer here, webinar.unnamed. */
export function rejoinGroup(
  ports: ParticipationPorts,
  place: Place,
  { keyPackage, introduction }: ClientMessageOf<'group-rejoin'>,
): GroupSeat {
  handle(ports, place, { type: 'rejoin-group', id: place.participantId, keyPackage, introduction });
  const room = ports.rooms.find(place.meetingId);
  if (room?.member(place.participantId) === undefined) throw new ConclaveError('resume.unknown');
  return groupSeatOf(room.state, place.participantId, null);
}

/** @throws ConclaveError group.not_member. */
export function acknowledgeEpoch(
  ports: ParticipationPorts,
  place: Place,
  { groupId, epoch }: ClientMessageOf<'group-ack'>,
): void {
  handle(ports, place, { type: 'acknowledge-group', id: place.participantId, groupId, epoch });
}

/** A member does not add somebody who waits. @throws ConclaveError group.not_member, group.not_pending. */
export function refuseApplicant(
  ports: ParticipationPorts,
  place: Place,
  { groupId, participantId: applicant }: ClientMessageOf<'group-refuse'>,
): void {
  handle(ports, place, { type: 'refuse-applicant', id: place.participantId, groupId, applicant });
}

function take(ports: ParticipationPorts, place: Place, from: (quota: GroupQuota, now: number) => void): void {
  const { participantId } = place;
  const now = ports.clock();
  const quota = ports.groupQuotas.get(participantId) ?? new GroupQuota(now, quotasOf(ports, place));
  ports.groupQuotas.set(participantId, quota);
  onRecord(ports, () => from(quota, now));
}

function quotasOf({ rooms }: ParticipationPorts, { meetingId }: Place): Quotas {
  const room = rooms.find(meetingId);
  return room !== undefined && isWebinar(room.state.rules) ? WEBINAR_QUOTAS : GROUP_QUOTAS;
}

function handle(ports: ParticipationPorts, { meetingId, participantId }: Place, command: RoomCommand): void {
  try {
    onRecord(ports, () => ports.rooms.find(meetingId)?.handle(command));
  } catch (error) {
    // No client of ours does that.
    if (error instanceof ConclaveError && error.code === 'meeting.not_allowed') {
      const { code } = error;
      ports.emit({ event: 'meeting.moderation_refused', meetingId, participantId, action: 'group', code });
    }
    throw error;
  }
}

/** A commit that was too late is honest; many refusals are not, so each is on record. */
function onRecord(ports: ParticipationPorts, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (error instanceof ConclaveError)
      ports.emit({ event: 'request.refused', surface: 'signal', code: error.code });
    throw error;
  }
}
