import { type ClientMessageOf, ConclaveError, type GroupSeat } from '@conclave/protocol';
import { groupSeatOf } from '../../rooms/groupState.ts';
import type { RoomCommand } from '../../rooms/roomState.ts';
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
  { groupId, message }: ClientMessageOf<'group-message'>,
): void {
  take(ports, place, (quota, now) => quota.takeMessage(message.length, now));
  handle(ports, place, { type: 'send-to-group', id: place.participantId, groupId, message });
}

/** @throws ConclaveError resume.unknown when they are no longer here. */
export function rejoinGroup(
  ports: ParticipationPorts,
  place: Place,
  { keyPackage }: ClientMessageOf<'group-rejoin'>,
): GroupSeat {
  handle(ports, place, { type: 'rejoin-group', id: place.participantId, keyPackage });
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

function take(
  ports: ParticipationPorts,
  { participantId }: Place,
  from: (quota: GroupQuota, now: number) => void,
): void {
  const now = ports.clock();
  const quota = ports.groupQuotas.get(participantId) ?? new GroupQuota(now);
  ports.groupQuotas.set(participantId, quota);
  onRecord(ports, () => from(quota, now));
}

function handle(ports: ParticipationPorts, { meetingId }: Place, command: RoomCommand): void {
  onRecord(ports, () => ports.rooms.find(meetingId)?.handle(command));
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
