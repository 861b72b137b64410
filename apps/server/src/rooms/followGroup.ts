import { type GroupClaim, LIMITS, type ParticipantId } from '@conclave/protocol';
import { type Accepted, accept } from './decision.ts';
import { apply, bury, fallBehind, waitAnew, withSeat } from './groupSeats.ts';
import {
  connectedMembers,
  eligible,
  type GroupState,
  groupIdOf,
  groupSeatOf,
  type Pending,
  pendingOf,
} from './groupState.ts';
import type { RoomCommand, RoomEvent, RoomState } from './roomState.ts';

/** Ids of people that a room remembers: a long life of it must not fill our memory. */
const maxUsedIds = 10_000;

/** Seats whoever came, removes whoever left, founds a group where there is none, and says what there is to commit. */
export function followGroup(before: RoomState, command: RoomCommand, decision: Accepted): Accepted {
  const seated = withGroup(decision.state, withoutLeft(seat(decision, command), decision.state));
  const watched =
    command.type === 'expire' ? watchWaiting(watchDesertion(seated, command.now), command.now) : seated;
  if (watched.group === before.group && watched.members === before.members) return decision;
  const subject = subjectOf(command, decision);
  const founded = foundWhereNeeded(watched, subject);
  const settled = settle(founded.state);
  const state = settled.state;
  const fallen = fallenOf(before, state, subject);
  const news = newsOf(before, state);
  return accept(state, [...decision.events, ...founded.events, ...fallen, ...settled.events, ...news]);
}

function seat({ state: { group, members }, events }: Accepted, command: RoomCommand): GroupState {
  switch (command.type) {
    case 'enter': {
      const { id } = command.member;
      return { ...apply(group, id, command.keyPackage), usedIds: remember(group.usedIds, id) };
    }
    case 'resume': {
      const resumed = events.find((event) => event.type === 'resumed');
      return resumed === undefined ? group : claim(group, resumed.member.id, command.claim);
    }
    case 'lose-socket':
      // The state of the group was in the page, and that is gone.
      return command.pageClosed && members.has(command.id) && group.seats.get(command.id)?.status === 'member'
        ? fallBehind(group, command.id)
        : group;
    default:
      return group;
  }
}

function remember(usedIds: GroupState['usedIds'], id: ParticipantId): GroupState['usedIds'] {
  return new Set([...usedIds, id].slice(-maxUsedIds));
}

/** R11: with a gap in the commits the state is of no use. */
function claim(group: GroupState, id: ParticipantId, claimed: GroupClaim): GroupState {
  if (claimed.kind === 'new') return apply(group, id, claimed.keyPackage);
  const seat = group.seats.get(id);
  const fits =
    seat?.status === 'member' &&
    claimed.groupId === group.id &&
    claimed.epoch >= Math.max(seat.since, group.epoch - group.commits.length) &&
    claimed.epoch <= group.epoch;
  return fits ? group : fallBehind(group, id);
}

function withoutLeft(group: GroupState, { members }: RoomState): GroupState {
  const left = [...group.seats.keys()].filter((id) => !members.has(id));
  if (left.length === 0) return group;
  const buried = left.reduce(bury, group);
  return { ...buried, seats: new Map([...group.seats].filter(([id]) => members.has(id))) };
}

/** Nobody waits long for members who may not come back: they apply to the next group like all others. */
function watchDesertion(state: RoomState, now: number): RoomState {
  const { group } = state;
  const isDeserted = connectedMembers(state).length === 0 && firstConnected(state) !== undefined;
  if (!isDeserted)
    return group.desertedSince === null ? state : withGroup(state, { ...group, desertedSince: null });
  const desertedSince = group.desertedSince ?? now;
  if (now - desertedSince < LIMITS.groupDesertedMs) return withGroup(state, { ...group, desertedSince });
  return desert(state);
}

/** R17: by their doing or by their sleeping, the members are of no use to whoever waits. Whoever they refuse may wait. */
function watchWaiting(state: RoomState, now: number): RoomState {
  const { group } = state;
  const waiting = connectedMembers(state).length === 0 ? [] : eligible(state);
  const isStalled = ({ waitsSince }: { readonly waitsSince: number | null }) =>
    waitsSince !== null && now - waitsSince >= LIMITS.groupStalledMs;
  if (waiting.some(([, seat]) => isStalled(seat))) return desert(state);
  const unnoticed = waiting.filter(([, { waitsSince }]) => waitsSince === null);
  return withGroup(
    state,
    unnoticed.reduce((all, [id, seat]) => withSeat(all, id, { ...seat, waitsSince: now }), group),
  );
}

function desert(state: RoomState): RoomState {
  const members = [...state.group.seats].filter(([, { status }]) => status === 'member');
  return withGroup(
    state,
    members.reduce((all, [id]) => fallBehind(all, id), state.group),
  );
}

/** R13. @param subject Whose own command this is: they are told by its answer. */
function foundWhereNeeded(
  state: RoomState,
  subject: ParticipantId | null,
): { readonly state: RoomState; readonly events: readonly RoomEvent[] } {
  const { group } = state;
  if ([...group.seats.values()].some(({ status }) => status === 'member')) return { state, events: [] };
  const over = { ...group, gone: new Set<ParticipantId>(), commits: [], desertedSince: null, trial: null };
  const founder = founderOf(state);
  if (founder === undefined) return { state: withGroup(state, over), events: [] };
  const founded = group.founded + 1;
  const id = groupIdOf(group.seed, founded);
  const seats = new Map(waitAnew(group).seats).set(founder, {
    status: 'member',
    since: 0,
    acknowledged: null,
  });
  const next = withGroup(state, { ...over, founded, id, epoch: 0, seats, settled: false });
  const told = [...seats.keys()].filter((one) => one !== subject && isConnected(state, one));
  return {
    state: next,
    events: [
      { type: 'group-founded', id: founder, groupId: id },
      ...told.map((to): RoomEvent => ({ type: 'group-reseated', id: to, seat: groupSeatOf(next, to, null) })),
    ],
  };
}

function settle(state: RoomState): { readonly state: RoomState; readonly events: readonly RoomEvent[] } {
  const { group } = state;
  const to = connectedMembers(state);
  if (group.settled || to.length === 0 || !to.every((id) => hasAcknowledged(group, id)))
    return { state, events: [] };
  const event: RoomEvent = { type: 'group-settled', groupId: group.id, epoch: group.epoch, to };
  return { state: withGroup(state, { ...group, settled: true }), events: [event] };
}

function hasAcknowledged({ seats, epoch }: GroupState, id: ParticipantId): boolean {
  const seat = seats.get(id);
  return seat?.status === 'member' && seat.acknowledged === epoch;
}

/** R16: they are told that they are no member any more, when the group goes on without them. */
function fallenOf(before: RoomState, state: RoomState, subject: ParticipantId | null): RoomEvent[] {
  const { group } = state;
  if (group.id !== before.group.id) return [];
  const fallen = [...group.seats.keys()].filter(
    (id) =>
      id !== subject &&
      isConnected(state, id) &&
      group.seats.get(id)?.status === 'behind' &&
      before.group.seats.get(id)?.status === 'member',
  );
  return fallen.map((id) => ({ type: 'group-reseated', id, seat: groupSeatOf(state, id, null) }));
}

function newsOf(before: RoomState, state: RoomState): RoomEvent[] {
  const [former, pending] = [pendingOf(before), pendingOf(state)];
  if (isSame(former, pending) || connectedMembers(state).length === 0) return [];
  const grown = pending.gone.some((id) => !before.group.gone.has(id));
  return [{ type: 'group-pending', urgent: grown }];
}

function isSame(one: Pending, other: Pending): boolean {
  return (
    one.gone.length === other.gone.length &&
    one.waiting.length === other.waiting.length &&
    one.gone.every((id, index) => id === other.gone[index]) &&
    one.waiting.every(
      ({ participantId, keyPackage }, index) =>
        participantId === other.waiting[index]?.participantId &&
        keyPackage === other.waiting[index].keyPackage,
    )
  );
}

function subjectOf(command: RoomCommand, { events }: Accepted): ParticipantId | null {
  if (command.type === 'enter') return command.member.id;
  if (command.type === 'rejoin-group') return command.id;
  return events.find((event) => event.type === 'resumed')?.member.id ?? null;
}

/** Whoever waits and is refused by nobody, before whoever has just been found of no use. */
function founderOf(state: RoomState): ParticipantId | undefined {
  const [first] = eligible(state);
  const waits = (id: ParticipantId) =>
    state.group.seats.get(id)?.status === 'waiting' && isConnected(state, id);
  return first?.[0] ?? [...state.group.seats.keys()].find(waits) ?? firstConnected(state);
}

function firstConnected(state: RoomState): ParticipantId | undefined {
  return [...state.group.seats.keys()].find((id) => isConnected(state, id));
}

function isConnected({ members }: RoomState, id: ParticipantId): boolean {
  return members.get(id)?.keptUntil === null;
}

function withGroup(state: RoomState, group: GroupState): RoomState {
  return group === state.group ? state : { ...state, group };
}
