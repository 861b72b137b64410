import type { LeaveReason, MeetingOrders, ParticipantId, SourceSet } from '@conclave/protocol';
import { allowedSources } from '../policy/media.ts';
import { type Accepted, accept, put } from './decision.ts';
import type { RoomEvent } from './roomEvents.ts';
import type { Knock, Member, RoomState } from './roomState.ts';

/** What most decisions are made of. Each tells what it has changed, and nothing when nothing is changed by it. */

export function change(state: RoomState, id: ParticipantId, difference: Partial<Member>): Accepted {
  const before = state.members.get(id);
  if (before === undefined) return accept(state, []);
  const member = { ...before, ...difference };
  return accept(put(state, member), [{ type: 'changed', member, before }]);
}

/** R3, R18: everybody's rights as rules, orders and permits have them now, and what each sends within them. */
export function allowAnew(state: RoomState): Accepted {
  let next = state;
  const events: RoomEvent[] = [];
  for (const member of state.members.values()) {
    const allowed = allowedSources(member, state.rules, state.orders.held);
    if (isSame(allowed, member.allowed)) continue;
    const sources = within(member.sources, allowed);
    const step = change(next, member.id, { allowed, ...(!isSame(sources, member.sources) && { sources }) });
    next = step.state;
    events.push(...step.events);
  }
  return accept(next, events);
}

export function remove(
  state: RoomState,
  reason: LeaveReason,
  which: (member: Member) => boolean,
  by: Member | null = null,
): Accepted {
  const leaving = [...state.members.values()].filter(which);
  if (leaving.length === 0) return accept(state, []);
  const members = new Map(state.members);
  for (const { id } of leaving) members.delete(id);
  const left = leaving.map((member): RoomEvent => ({ type: 'left', member, reason, by }));
  const next = keepSpotlight({ ...state, members });
  return accept(next.state, [...left, ...next.events]);
}

/** Nobody is shown large who has gone, or is not on stage any more. */
export function keepSpotlight(state: RoomState): Accepted {
  const { members, orders } = state;
  const spotlight = orders.spotlight.filter((id) => members.get(id)?.stage === 'on');
  if (spotlight.length === orders.spotlight.length) return accept(state, []);
  return accept({ ...state, orders: { ...orders, spotlight } }, [
    { type: 'ordered', by: null, before: orders },
  ]);
}

/** Takes people out of the lobby. @param by of a host who did it; null where nobody did */
export function dismissKnocks(
  state: RoomState,
  reason: LeaveReason,
  which: (knock: Knock) => boolean,
  by: Member | null = null,
): Accepted {
  const over = [...state.lobby.values()].filter(which);
  if (over.length === 0) return accept(state, []);
  const lobby = new Map(state.lobby);
  for (const { id } of over) lobby.delete(id);
  return accept(
    { ...state, lobby },
    over.map((knock): RoomEvent => ({ type: 'knock-over', knock, reason, by })),
  );
}

export function order(state: RoomState, change: Partial<MeetingOrders>, by: ParticipantId): Accepted {
  const orders = { ...state.orders, ...change };
  if (JSON.stringify(orders) === JSON.stringify(state.orders)) return accept(state, []);
  return accept({ ...state, orders }, [{ type: 'ordered', by, before: state.orders }]);
}

/** One decision after the other. */
export function inTurn(state: RoomState, ...steps: readonly ((state: RoomState) => Accepted)[]): Accepted {
  return steps.reduce<Accepted>(
    (done, step) => {
      const next = step(done.state);
      return accept(next.state, [...done.events, ...next.events]);
    },
    accept(state, []),
  );
}

export function within(wish: SourceSet, allowed: SourceSet): SourceSet {
  return {
    microphone: wish.microphone && allowed.microphone,
    camera: wish.camera && allowed.camera,
    screen: wish.screen && allowed.screen,
    screenAudio: wish.screenAudio && allowed.screenAudio,
  };
}

export function isSame(a: SourceSet, b: SourceSet): boolean {
  return (
    a.microphone === b.microphone &&
    a.camera === b.camera &&
    a.screen === b.screen &&
    a.screenAudio === b.screenAudio
  );
}
