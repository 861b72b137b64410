import type { ParticipantId } from '@conclave/protocol';
import { fallBehind } from './groupSeats.ts';
import { connectedMembers, type GroupState, type Trial } from './groupState.ts';
import type { RoomState } from './roomState.ts';

/** One who cannot follow may have a fault of their own. */
const fewest = 2;

/** Before the seats change: who is to say whether this commit is of any use. */
export function tryCommit(
  state: RoomState,
  committer: ParticipantId,
  added: readonly ParticipantId[],
): Trial {
  const { seats, epoch, trial } = state.group;
  const former = trial?.committer === committer ? trial : null;
  const present = connectedMembers(state).filter((id) => {
    const seat = seats.get(id);
    return id !== committer && seat?.status === 'member' && seat.acknowledged === epoch;
  });
  return {
    committer,
    heard: new Set([...(former?.heard ?? []), ...present, ...added]),
    unable: former?.unable ?? new Set(),
  };
}

/** They are in the epoch. */
export function passTrial(group: GroupState, id: ParticipantId): GroupState {
  const { trial } = group;
  if (trial === null || !trial.unable.has(id)) return group;
  const unable = new Set(trial.unable);
  unable.delete(id);
  return { ...group, trial: { ...trial, unable } };
}

/**
 * R16: this one applies anew. Before their seat changes.
 * @returns the group, without the committer when most of those who were told can do nothing with what they were told
 */
export function failTrial({ group, members }: RoomState, id: ParticipantId): GroupState {
  const { trial, seats, epoch } = group;
  const seat = seats.get(id);
  const hadNoUse = seat?.status === 'member' && seat.acknowledged !== epoch;
  if (trial === null || !hadNoUse || !trial.heard.has(id)) return group;
  const unable = new Set(trial.unable).add(id);
  const count = (ids: ReadonlySet<ParticipantId>) => [...ids].filter((one) => members.has(one)).length;
  const isSpoilt = count(unable) >= fewest && count(unable) * 2 > count(trial.heard);
  if (!isSpoilt) return { ...group, trial: { ...trial, unable } };
  const over = { ...group, trial: null };
  return seats.get(trial.committer)?.status === 'member' ? fallBehind(over, trial.committer) : over;
}
