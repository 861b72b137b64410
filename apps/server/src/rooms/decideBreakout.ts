import { type BreakoutModeration, LIMITS, type MeetingId, type ParticipantId } from '@conclave/protocol';
import { has, mayModerate, mayRule } from '../policy/moderation.ts';
import { isWebinar } from '../policy/webinar.ts';
import type { BreakoutState } from './breakoutState.ts';
import { allowAnew, change, inTurn } from './changes.ts';
import { type Accepted, accept, type Decision, refuse } from './decision.ts';
import type { RoomCommand } from './roomCommands.ts';
import type { RoomEvent } from './roomEvents.ts';
import type { Member, RoomState } from './roomState.ts';

type BreakoutCommand = Extract<
  RoomCommand,
  { type: 'moderate-breakout' | 'give-ticket' | 'use-ticket' | 'return' | 'ask-help' }
>;
type Order<A extends BreakoutModeration['action']> = Extract<BreakoutModeration, { action: A }>;

const minute = 60_000;

/**
 * The breakout rooms of a meeting, as the meeting decides on them; each of them is a room of its own, whose members have a
 * stay here too. HERE → (ticket) → IN A ROOM → HERE. Rules that tests cite:
 * R34 a ticket is for whoever is asked into the room, may choose it, or leads the breakout rooms, and for nobody else; it is
 *     good once, for a short time, by the same sign-in and the same browser.
 * R35 nobody is in two rooms: whoever is in a breakout room may send nothing here.
 * R36 whoever is gone from the meeting, asked elsewhere, or called back is out of their breakout room in the same decision.
 * R37 nothing of it is done by somebody without the control `breakout`, nor to somebody whom they may not rule.
 * R38 when the rooms close, everybody is here and no ticket is good.
 */
export function decideBreakout(state: RoomState, command: BreakoutCommand): Decision {
  switch (command.type) {
    case 'moderate-breakout':
      return moderate(state, command);
    case 'give-ticket':
      return giveTicket(state, command);
    case 'use-ticket':
      return useTicket(state, command);
    case 'return':
      return comeBack(state, command);
    case 'ask-help':
      return askHelp(state, command);
  }
}

/** Time is up. */
export function expireBreakout(state: RoomState, now: number): Accepted {
  const { breakout } = state;
  if (breakout === null) return accept(state, []);
  if (breakout.endsAt !== null && breakout.endsAt <= now) return close(state);
  const tickets = new Map([...breakout.tickets].filter(([, { until }]) => until > now));
  return tickets.size === breakout.tickets.size
    ? accept(state, [])
    : accept(withBreakout(state, { tickets }), []);
}

/** R36: says whose stay in a breakout room is over, and forgets whoever has gone. */
export function followBreakout(before: RoomState, { state, events }: Accepted): Accepted {
  const over: RoomEvent[] = [];
  for (const { id, breakout: stay } of before.members.values()) {
    if (stay === null || state.members.get(id)?.breakout?.stayId === stay.stayId) continue;
    const left = events.find((event) => event.type === 'left' && event.member.id === id);
    over.push({ type: 'breakout-over', stay, reason: left?.type === 'left' ? left.reason : 'moved' });
  }
  const forgotten = forgetLeft(state);
  return accept(forgotten.state, [...events, ...over, ...forgotten.events]);
}

function moderate(
  state: RoomState,
  { by: byId, moderation, freshIds, now }: Extract<BreakoutCommand, { type: 'moderate-breakout' }>,
): Decision {
  const by = state.members.get(byId);
  if (by === undefined || !mayModerate(by, moderation)) return refuse(state, 'meeting.not_allowed');
  if (moderation.action === 'open-rooms') return open(state, by, moderation, freshIds, now);
  if (state.breakout === null) return refuse(state, 'breakout.not_open');
  switch (moderation.action) {
    case 'assign-room':
      return assign(state, by, moderation);
    case 'time-rooms':
      return setTime(state, endOf(moderation.minutes, now), false);
    case 'close-rooms':
      return moderation.now ? close(state) : setTime(state, soonest(state, now), true);
  }
}

function open(
  state: RoomState,
  by: Member,
  { names, choice, assigned, minutes }: Order<'open-rooms'>,
  freshIds: readonly MeetingId[],
  now: number,
): Decision {
  // An audience is told of nobody in it, and breakout rooms are for talking to each other.
  if (isWebinar(state.rules)) return refuse(state, 'meeting.not_allowed');
  if (state.breakout !== null) return refuse(state, 'breakout.open');
  const rooms = freshIds.slice(0, names.length).map((id, index) => ({ id, name: names[index] ?? null }));
  // Whoever has gone meanwhile is passed over.
  const asked = assigned.flatMap(({ participantId, room }) => {
    const member = state.members.get(participantId);
    const place = rooms[room];
    return member === undefined || place === undefined ? [] : [{ member, roomId: place.id }];
  });
  if (asked.some(({ member }) => !mayMove(by, member))) return refuse(state, 'meeting.not_allowed');
  const breakout: BreakoutState = {
    rooms,
    choice,
    endsAt: endOf(minutes, now),
    closing: false,
    assigned: new Map(asked.map(({ member, roomId }) => [member.id, roomId])),
    tickets: new Map(),
    help: [],
  };
  return accept({ ...state, breakout }, [{ type: 'breakout-changed', to: null }]);
}

function assign(state: RoomState, by: Member, { participantId: id, roomId }: Order<'assign-room'>): Decision {
  const subject = state.members.get(id);
  const { breakout } = state;
  if (subject === undefined || breakout === null) return refuse(state, 'meeting.not_here');
  if (!mayMove(by, subject)) return refuse(state, 'meeting.not_allowed');
  if (roomId !== null && !isRoom(breakout, roomId)) return refuse(state, 'breakout.not_open');
  const assigned = new Map(breakout.assigned);
  if (roomId === null) assigned.delete(id);
  else assigned.set(id, roomId);
  // A ticket to where they were asked before leads nowhere any more.
  const next = withBreakout(state, { assigned, tickets: without(breakout.tickets, id) });
  const stays = subject.breakout === null || subject.breakout.roomId === roomId;
  return inTurn(
    next,
    (moved) => (stays ? accept(moved, []) : bringBack(moved, [id])),
    (moved) => accept(moved, [toldTo(moved, id)]),
  );
}

function giveTicket(
  state: RoomState,
  { id, roomId, hash, now }: Extract<BreakoutCommand, { type: 'give-ticket' }>,
): Decision {
  const member = state.members.get(id);
  const { breakout } = state;
  if (member === undefined) return refuse(state, 'meeting.not_here');
  if (breakout === null || breakout.closing || !isRoom(breakout, roomId))
    return refuse(state, 'breakout.not_open');
  if (!mayGo(breakout, member, roomId)) return refuse(state, 'breakout.not_assigned');
  const ticket = { hash, roomId, until: now + LIMITS.breakoutTicketMs };
  return accept(withBreakout(state, { tickets: new Map(breakout.tickets).set(id, ticket) }), []);
}

/** R34. That they may go there is asked again: they may have been asked elsewhere since. */
function useTicket(
  state: RoomState,
  { hash, bearer, stay, now }: Extract<BreakoutCommand, { type: 'use-ticket' }>,
): Decision {
  const { breakout } = state;
  if (breakout === null || breakout.closing) return refuse(state, 'breakout.not_open');
  const [id, ticket] = [...breakout.tickets].find(([, one]) => one.hash === hash) ?? [];
  const member = id === undefined ? undefined : state.members.get(id);
  if (ticket === undefined || member === undefined) return refuse(state, 'breakout.ticket_invalid');
  if (!isBearer(member, bearer) || ticket.until <= now || ticket.roomId !== stay.roomId)
    return refuse(state, 'breakout.ticket_invalid');
  if (!mayGo(breakout, member, stay.roomId)) return refuse(state, 'breakout.not_assigned');
  const chosen = breakout.choice && breakout.assigned.get(member.id) !== stay.roomId;
  const assigned = chosen ? new Map(breakout.assigned).set(member.id, stay.roomId) : breakout.assigned;
  const tickets = without(breakout.tickets, member.id);
  return inTurn(
    withBreakout(state, { tickets, assigned, help: breakout.help.filter((one) => one !== member.id) }),
    (next) => change(next, member.id, { breakout: stay }),
    allowAnew,
    (next) => accept(next, [toldTo(next, member.id)]),
  );
}

/** A browser that keeps no cookie is known by its sign-in, or else by its address. */
function isBearer(
  member: Member,
  { sessionId, visitorKey, addressKey }: Extract<BreakoutCommand, { type: 'use-ticket' }>['bearer'],
): boolean {
  if (sessionId !== member.sessionId) return false;
  if (visitorKey !== null) return visitorKey === member.visitorKey;
  return sessionId !== null || addressKey === member.addressKey;
}

function comeBack(state: RoomState, { id, stayId }: Extract<BreakoutCommand, { type: 'return' }>): Accepted {
  const stay = state.members.get(id)?.breakout ?? null;
  if (stay === null || (stayId !== null && stay.stayId !== stayId)) return accept(state, []);
  return bringBack(state, [id]);
}

function askHelp(state: RoomState, { id, asked }: Extract<BreakoutCommand, { type: 'ask-help' }>): Decision {
  const { breakout } = state;
  const member = state.members.get(id);
  if (member === undefined || breakout === null || member.breakout === null)
    return refuse(state, 'breakout.not_open');
  if (breakout.help.includes(id) === asked) return accept(state, []);
  const others = breakout.help.filter((one) => one !== id);
  const next = withBreakout(state, { help: asked ? [...others, id] : others });
  return accept(next, [toldTo(next, id)]);
}

/** R38. */
function close(state: RoomState): Accepted {
  const away = [...state.members.values()].filter(({ breakout }) => breakout !== null);
  return inTurn(
    { ...state, breakout: null },
    (next) =>
      bringBack(
        next,
        away.map(({ id }) => id),
      ),
    (next) => accept(next, [{ type: 'breakout-changed', to: null }]),
  );
}

function bringBack(state: RoomState, ids: readonly ParticipantId[]): Accepted {
  const { breakout } = state;
  const asked = breakout?.help.filter((id) => ids.includes(id)) ?? [];
  const help = breakout?.help.filter((id) => !ids.includes(id)) ?? [];
  return inTurn(
    asked.length === 0 ? state : withBreakout(state, { help }),
    ...ids.map(
      (id) => (next: RoomState) =>
        next.members.get(id)?.breakout === null ? accept(next, []) : change(next, id, { breakout: null }),
    ),
    allowAnew,
    (next) => accept(next, asked.length === 0 ? [] : [toldTo(next)]),
  );
}

function setTime(state: RoomState, endsAt: number | null, closing: boolean): Decision {
  const { breakout } = state;
  if (breakout === null) return refuse(state, 'breakout.not_open');
  const tickets = closing ? new Map() : breakout.tickets;
  return accept(withBreakout(state, { endsAt, closing, tickets }), [{ type: 'breakout-changed', to: null }]);
}

/** Said twice, it is not later. */
function soonest({ breakout }: RoomState, now: number): number {
  return Math.min(now + LIMITS.breakoutNoticeMs, breakout?.endsAt ?? Number.POSITIVE_INFINITY);
}

function endOf(minutes: number | null, now: number): number | null {
  return minutes === null ? null : now + minutes * minute;
}

/** R37: whoever is moved by others is somebody whom they may rule. */
function mayMove(by: Member, subject: Member): boolean {
  return by.id === subject.id || mayRule(by, subject);
}

/** R34. */
function mayGo({ assigned, choice }: BreakoutState, member: Member, roomId: MeetingId): boolean {
  return choice || assigned.get(member.id) === roomId || has(member, 'breakout');
}

function isRoom({ rooms }: BreakoutState, roomId: MeetingId): boolean {
  return rooms.some(({ id }) => id === roomId);
}

function forgetLeft(state: RoomState): Accepted {
  const { breakout, members } = state;
  if (breakout === null) return accept(state, []);
  const { assigned, tickets, help } = breakout;
  const isGone = (id: ParticipantId) => !members.has(id);
  if (![...assigned.keys(), ...tickets.keys(), ...help].some(isGone)) return accept(state, []);
  const here = <V>(map: ReadonlyMap<ParticipantId, V>) => new Map([...map].filter(([id]) => !isGone(id)));
  const next = withBreakout(state, {
    assigned: here(assigned),
    tickets: here(tickets),
    help: help.filter((id) => !isGone(id)),
  });
  return accept(next, [toldTo(next)]);
}

/** To whom it concerns, and to those who lead. */
function toldTo({ members }: RoomState, ...ids: readonly ParticipantId[]): RoomEvent {
  const leading = [...members.values()].filter((member) => has(member, 'breakout')).map(({ id }) => id);
  return { type: 'breakout-changed', to: [...new Set([...ids, ...leading])] };
}

function without<V>(map: ReadonlyMap<ParticipantId, V>, id: ParticipantId): ReadonlyMap<ParticipantId, V> {
  if (!map.has(id)) return map;
  const rest = new Map(map);
  rest.delete(id);
  return rest;
}

function withBreakout(state: RoomState, difference: Partial<BreakoutState>): RoomState {
  return state.breakout === null ? state : { ...state, breakout: { ...state.breakout, ...difference } };
}
