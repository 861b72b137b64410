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
import type { RoomCommand } from './roomCommands.ts';
import type { RoomEvent } from './roomEvents.ts';
import type { RoomState } from './roomState.ts';

/** Ids of people that a room remembers: a long life of it must not fill our memory. */
const maxUsedIds = 10_000;

/** Seats whoever came, removes whoever left, founds a group where there is none, and says what there is to commit. */
export function followGroup(before: RoomState, command: RoomCommand, decision: Accepted): Accepted {
  const subjects = subjectsOf(command, decision);
  const seated = withGroup(decision.state, withoutLeft(seat(decision, command), decision.state));
  const parted = withGroup(seated, partFrom(seated.group, before, decision));
  const watched = command.type === 'expire' ? watch(parted, command.now) : parted;
  if (watched.group === before.group && watched.members === before.members) return decision;
  const founded = foundWhereNeeded(watched, subjects);
  const settled = settle(founded.state);
  const state = settled.state;
  const fallen = fallenOf(before, state, subjects);
  const news = newsOf(before, state);
  return accept(state, [...decision.events, ...founded.events, ...fallen, ...settled.events, ...news]);
}

function watch(state: RoomState, now: number): RoomState {
  return watchQuiet(watchWaiting(watchDesertion(state, now), now), now);
}

/** Whoever goes from an audience by themselves has no keys that they should not have had; whoever is put out, has. */
function partFrom(group: GroupState, before: RoomState, { events }: Accepted): GroupState {
  const left = events.flatMap((event) =>
    event.type === 'left' && group.gone.has(event.member.id) ? [event] : [],
  );
  const isQuiet = ({ member, reason }: (typeof left)[number]) =>
    before.rules.form === 'webinar' && member.stage !== 'on' && (reason === 'left' || reason === 'lost');
  if (left.length === 0) return group;
  // One commit for all: who need not hurry goes with who must.
  if (!left.every(isQuiet)) return { ...group, quiet: new Set(), quietSince: null };
  return { ...group, quiet: new Set([...group.quiet, ...left.map(({ member }) => member.id)]) };
}

function watchQuiet(state: RoomState, now: number): RoomState {
  const { group } = state;
  if (group.quiet.size === 0) return state;
  if (group.quietSince === null) return withGroup(state, { ...group, quietSince: now });
  if (now - group.quietSince < LIMITS.audienceGoneMs) return state;
  return withGroup(state, { ...group, quiet: new Set(), quietSince: null });
}

function seat({ state: { group, members }, events }: Accepted, command: RoomCommand): GroupState {
  const joined = events.filter((event) => event.type === 'joined');
  if (joined.length > 0) {
    return joined.reduce(
      (seated, { member: { id }, keyPackage }) => ({
        ...apply(seated, id, keyPackage),
        usedIds: remember(seated.usedIds, id),
      }),
      group,
    );
  }
  switch (command.type) {
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

/** R13. @param subjects Whose own command this is, or who comes in by it: they are told by its answer. */
function foundWhereNeeded(
  state: RoomState,
  subjects: ReadonlySet<ParticipantId>,
): { readonly state: RoomState; readonly events: readonly RoomEvent[] } {
  const { group } = state;
  if ([...group.seats.values()].some(({ status }) => status === 'member')) return { state, events: [] };
  const none = new Set<ParticipantId>();
  const over = {
    ...group,
    gone: none,
    quiet: none,
    quietSince: null,
    commits: [],
    desertedSince: null,
    trial: null,
  };
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
  const told = [...seats.keys()].filter((one) => !subjects.has(one) && isConnected(state, one));
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
function fallenOf(before: RoomState, state: RoomState, subjects: ReadonlySet<ParticipantId>): RoomEvent[] {
  const { group } = state;
  if (group.id !== before.group.id) return [];
  const fallen = [...group.seats.keys()].filter(
    (id) =>
      !subjects.has(id) &&
      isConnected(state, id) &&
      group.seats.get(id)?.status === 'behind' &&
      before.group.seats.get(id)?.status === 'member',
  );
  return fallen.map((id) => ({ type: 'group-reseated', id, seat: groupSeatOf(state, id, null) }));
}

function newsOf(before: RoomState, state: RoomState): RoomEvent[] {
  const [former, pending] = [pendingOf(before), pendingOf(state)];
  if (isSame(former, pending) || connectedMembers(state).length === 0) return [];
  const grown = pending.gone.some((id) => !former.gone.includes(id));
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

function subjectsOf(command: RoomCommand, { events }: Accepted): ReadonlySet<ParticipantId> {
  if (command.type === 'rejoin-group') return new Set([command.id]);
  return new Set(
    events.flatMap((event) => (event.type === 'joined' || event.type === 'resumed' ? [event.member.id] : [])),
  );
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
