import { ConclaveError, type MeetingId, type MeetingRules, type ParticipantId } from '@conclave/protocol';
import { decide } from './decide.ts';
import { emptyRoom, type Member, type RoomCommand, type RoomEvent, type RoomState } from './roomState.ts';

export type RoomListener = (event: RoomEvent, room: Room) => void;

/** A meeting that is going on: the state, and those who hear of each event, in order. */
export class Room {
  #state: RoomState;
  readonly #listeners: readonly RoomListener[];

  constructor(
    id: MeetingId,
    title: string | null,
    rules: MeetingRules,
    groupSeed: string,
    listeners: readonly RoomListener[],
  ) {
    this.#state = emptyRoom(id, title, rules, groupSeed);
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
