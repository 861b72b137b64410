import type { RoomEvent, RoomRefusal } from './roomEvents.ts';
import type { Member, RoomState } from './roomState.ts';

export type Decision = Accepted | Refused;
export interface Accepted {
  readonly state: RoomState;
  readonly events: readonly RoomEvent[];
  readonly refusal: null;
}
export interface Refused {
  readonly state: RoomState;
  readonly events: readonly [];
  readonly refusal: RoomRefusal;
}

export function accept(state: RoomState, events: readonly RoomEvent[]): Accepted {
  return { state, events, refusal: null };
}

export function refuse(state: RoomState, refusal: RoomRefusal): Refused {
  return { state, events: [], refusal };
}

export function put(state: RoomState, member: Member): RoomState {
  return { ...state, members: new Map(state.members).set(member.id, member) };
}
