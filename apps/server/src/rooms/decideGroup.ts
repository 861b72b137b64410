import { type GroupCommit, type GroupNewcomer, LIMITS, type ParticipantId } from '@conclave/protocol';
import { isWebinar } from '../policy/webinar.ts';
import { change } from './changes.ts';
import { namingRefusal } from './decideEntry.ts';
import { accept, type Decision, refuse } from './decision.ts';
import { apply, waitAnew, withSeat } from './groupSeats.ts';
import {
  committers,
  connectedMembers,
  eligible,
  type GroupState,
  isSpeaker,
  type Seat,
} from './groupState.ts';
import { failTrial, passTrial, tryCommit } from './groupTrial.ts';
import type { RoomCommand } from './roomCommands.ts';
import type { RoomState } from './roomState.ts';

type GroupCommandType =
  | 'commit-group'
  | 'rejoin-group'
  | 'acknowledge-group'
  | 'send-to-group'
  | 'refuse-applicant';
export type GroupCommand = Extract<RoomCommand, { type: GroupCommandType }>;

/**
 * What participants say of the group: its delivery service, which orders commits and knows nothing of what is in
 * them. Rules that tests cite:
 * R10 an epoch takes one commit, of a connected member, and grows by one.
 * R11 each commit goes once and in order to every member that it does not remove, at once or by a resume.
 * R12 a commit adds those who wait or removes those who are gone, or both, and nobody else. None is for nothing.
 * R13 while somebody is connected, somebody is in the group (`followGroup.ts`).
 * R14 who is not a member gets no commit and no message, and sends none.
 * R32 in a webinar those on stage commit, and say who is not added.
 * R16 whose commits most of those who were told cannot use is no member any more (`groupTrial.ts`).
 * R17 nobody waits for long while members let in nobody or others: another group is founded (`followGroup.ts`).
 */
export function decideGroup(state: RoomState, command: GroupCommand): Decision {
  if (command.type === 'rejoin-group') return rejoin(state, command);
  const { group } = state;
  const seat = group.seats.get(command.id);
  const isConnected = state.members.get(command.id)?.keptUntil === null;
  if (seat?.status !== 'member' || !isConnected || command.groupId !== group.id)
    return refuse(state, 'group.not_member');
  const isCommitters = command.type === 'commit-group' || command.type === 'refuse-applicant';
  if (isCommitters && !committers(state).includes(command.id)) return refuse(state, 'meeting.not_allowed');
  switch (command.type) {
    case 'commit-group':
      return commit(state, command);
    case 'acknowledge-group':
      return acknowledge(state, seat, command);
    case 'send-to-group':
      return send(state, command);
    case 'refuse-applicant':
      return refuseApplicant(state, command);
  }
}

function rejoin(
  state: RoomState,
  { id, keyPackage, introduction }: Extract<GroupCommand, { type: 'rejoin-group' }>,
): Decision {
  const before = state.members.get(id);
  if (before?.keptUntil !== null) return accept(state, []);
  const refusal = namingRefusal(before.introduction !== null, introduction);
  if (refusal !== null) return refuse(state, refusal);
  // Whoever sees them knows who the new leaf is before it is there.
  const isNew = introduction !== before.introduction;
  const told = isNew ? change(state, id, { introduction }) : accept(state, []);
  return accept({ ...told.state, group: apply(failTrial(state, id), id, keyPackage) }, [
    ...told.events,
    { type: 'group-rejoined', id },
  ]);
}

function commit(state: RoomState, command: Extract<GroupCommand, { type: 'commit-group' }>): Decision {
  const { group } = state;
  const { id: from, groupId, epoch, commit, welcome, added, removed } = command;
  if (epoch !== group.epoch) return refuse(state, 'group.stale_epoch');
  const areWaiting = added.every((id) => group.seats.get(id)?.status === 'waiting');
  const areGone = removed.every((id) => group.gone.has(id));
  const isEmpty = added.length + removed.length === 0;
  if (isEmpty || !areWaiting || !areGone) return refuse(state, 'group.not_pending');
  const [first] = eligible(state);
  const inTurn = added.length > 0 && (first === undefined || added.includes(first[0]));
  const tried = { ...(inTurn ? waitAnew(group) : group), trial: tryCommit(state, from, added) };
  const accepted: GroupCommit = { epoch, commit, from, added: newcomers(state, added) };
  const next = advance(tried, accepted, added, removed);
  const to = connectedMembers(state).filter((id) => id !== from);
  const welcomed = added.filter((id) => state.members.get(id)?.keptUntil === null);
  return accept({ ...state, group: next }, [
    { type: 'group-committed', groupId, commit: accepted, added, removed, to },
    ...(welcome === null
      ? []
      : [{ type: 'group-welcomed', groupId, epoch: next.epoch, welcome, from, to: welcomed } as const]),
  ]);
}

/** How they came into the meeting, and whose word it was: members check it before they follow. */
function newcomers({ members }: RoomState, added: readonly ParticipantId[]): GroupNewcomer[] {
  return added.flatMap((participantId) => {
    const member = members.get(participantId);
    if (member === undefined) return [];
    const { entry, admission } = member;
    return [{ participantId, entry, admission }];
  });
}

function advance(
  group: GroupState,
  commit: GroupCommit,
  added: readonly ParticipantId[],
  removed: readonly ParticipantId[],
): GroupState {
  const epoch = group.epoch + 1;
  const seats = new Map(group.seats);
  for (const id of added) seats.set(id, { status: 'member', since: epoch, acknowledged: null });
  // A new leaf of somebody stands for a removed one: no tree has two of one person.
  const done = new Set([...added, ...removed]);
  const gone = new Set([...group.gone].filter((id) => !done.has(id)));
  const quiet = new Set([...group.quiet].filter((id) => gone.has(id)));
  const quietSince = quiet.size === 0 ? null : group.quietSince;
  return {
    ...group,
    epoch,
    seats,
    gone,
    quiet,
    quietSince,
    commits: keep([...group.commits, commit]),
    settled: false,
  };
}

/** The last ones that are within the limits. */
function keep(commits: readonly GroupCommit[]): readonly GroupCommit[] {
  let characters = 0;
  const tooOld = commits.findLastIndex(({ commit }, index) => {
    characters += commit.length;
    return characters > LIMITS.groupMissedChars || commits.length - index > LIMITS.groupMissedCommits;
  });
  return commits.slice(tooOld + 1);
}

function acknowledge(
  state: RoomState,
  seat: Extract<Seat, { status: 'member' }>,
  { id, epoch }: Extract<GroupCommand, { type: 'acknowledge-group' }>,
): Decision {
  // Another commit may have come before this arrived.
  if (epoch !== state.group.epoch || seat.acknowledged === epoch) return accept(state, []);
  const group = passTrial(state.group, id);
  return accept({ ...state, group: withSeat(group, id, { ...seat, acknowledged: epoch }) }, []);
}

function send(
  state: RoomState,
  { id: from, groupId, to: whom, message }: Extract<GroupCommand, { type: 'send-to-group' }>,
): Decision {
  const isForAll = whom === 'everybody' || !isWebinar(state.rules);
  // R30.
  if (isForAll && !isSpeaker(state, from) && message.length > LIMITS.audienceMessageChars)
    return refuse(state, 'meeting.not_allowed');
  const to = connectedMembers(state).filter((id) => id !== from && (isForAll || isSpeaker(state, id)));
  return accept(state, [{ type: 'group-messaged', groupId, from, message, to }]);
}

function refuseApplicant(
  state: RoomState,
  { id: by, groupId, applicant }: Extract<GroupCommand, { type: 'refuse-applicant' }>,
): Decision {
  const { group } = state;
  const seat = group.seats.get(applicant);
  if (seat?.status !== 'waiting') return refuse(state, 'group.not_pending');
  if (seat.refusedBy.has(by)) return accept(state, []);
  const refusedBy = new Set(seat.refusedBy).add(by);
  return accept({ ...state, group: withSeat(group, applicant, { ...seat, refusedBy }) }, [
    { type: 'group-refused', groupId, to: applicant, by },
  ]);
}
