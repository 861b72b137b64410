import type { ParticipantId } from '@conclave/protocol';
import type { GroupState, Seat } from './groupState.ts';

/** The former leaf is dead, if there is one; they wait anew, behind all others. */
export function apply(group: GroupState, id: ParticipantId, keyPackage: string): GroupState {
  const seats = new Map(group.seats);
  seats.delete(id);
  seats.set(id, { status: 'waiting', keyPackage, refusedBy: new Set(), waitsSince: null });
  return { ...bury(group, id), seats };
}

/** Whatever this one had of the group is of no use any more. */
export function fallBehind(group: GroupState, id: ParticipantId): GroupState {
  return withSeat(bury(group, id), id, { status: 'behind' });
}

/** The leaf of somebody who was a member is to be removed. */
export function bury(group: GroupState, id: ParticipantId): GroupState {
  if (group.seats.get(id)?.status !== 'member') return group;
  return { ...group, gone: new Set(group.gone).add(id) };
}

export function withSeat(group: GroupState, id: ParticipantId, seat: Seat): GroupState {
  return { ...group, seats: new Map(group.seats).set(id, seat) };
}

/** Whoever waits has waited for nothing that members owe to them. */
export function waitAnew(group: GroupState): GroupState {
  const seats = [...group.seats].map(
    ([id, seat]) => [id, seat.status === 'waiting' ? { ...seat, waitsSince: null } : seat] as const,
  );
  return { ...group, seats: new Map(seats) };
}
