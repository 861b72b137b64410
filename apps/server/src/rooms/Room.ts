import {
  ConclaveError,
  type MeetingId,
  type MeetingOrders,
  type MeetingRules,
  type ParticipantId,
} from '@conclave/protocol';
import { decide } from './decide.ts';
import type { RoomCommand } from './roomCommands.ts';
import type { RoomEvent } from './roomEvents.ts';
import { emptyRoom, type Member, type RoomState } from './roomState.ts';

export type RoomListener = (event: RoomEvent, room: Room) => void;

/** What a room begins with. */
export interface RoomBeginning extends Pick<RoomState, 'cohosts' | 'removals'> {
  readonly title: string | null;
  readonly rules: MeetingRules;
  /** 96 random bits, base64url. */
  readonly groupSeed: string;
  /** Of a breakout room: the meeting, and what its hosts have ordered. */
  readonly parent?: { readonly id: MeetingId } & Pick<MeetingOrders, 'locked' | 'held' | 'chat'>;
}

/** A meeting that is going on: the state, and those who hear of each event, in order. */
export class Room {
  #state: RoomState;
  readonly #listeners: readonly RoomListener[];

  constructor(id: MeetingId, beginning: RoomBeginning, listeners: readonly RoomListener[]) {
    const { title, rules, groupSeed, cohosts, removals, parent } = beginning;
    const empty = emptyRoom(id, title, rules, groupSeed, { cohosts, removals });
    this.#state = parent === undefined ? empty : asBreakout(empty, parent);
    this.#listeners = listeners;
  }

  get id(): MeetingId {
    return this.#state.meeting.id;
  }

  get state(): RoomState {
    return this.#state;
  }

  member(id: ParticipantId): Member | undefined {
    return this.#state.members.get(id);
  }

  /** @throws ConclaveError with the rule's code; the room is as it was then. */
  handle(command: RoomCommand): readonly RoomEvent[] {
    const { state, events, refusal } = decide(this.#state, command);
    if (refusal !== null) throw new ConclaveError(refusal);
    this.#state = state;
    for (const event of events) {
      for (const listener of this.#listeners) listener(event, this);
    }
    return events;
  }
}

function asBreakout(
  state: RoomState,
  { id: parent, locked, held, chat }: NonNullable<RoomBeginning['parent']>,
): RoomState {
  return { ...state, parent, orders: { ...state.orders, locked, held, chat } };
}
