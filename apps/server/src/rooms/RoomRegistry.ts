import type { MeetingId, ParticipantId } from '@conclave/protocol';
import { Room, type RoomBeginning, type RoomListener } from './Room.ts';

/** The meetings that are going on here. A room is there for as long as somebody is in it, or waits to be let in. */
export class RoomRegistry {
  readonly #rooms = new Map<MeetingId, Room>();
  readonly #listeners: RoomListener[] = [];

  /** Listeners hear of every room's events, in the order in which they were added. */
  listen(listener: RoomListener): void {
    this.#listeners.push(listener);
  }

  find(id: MeetingId): Room | undefined {
    return this.#rooms.get(id);
  }

  /** What is said of a meeting by its id is never said of a breakout room that has the same one. */
  findMeeting(id: MeetingId): Room | undefined {
    const room = this.#rooms.get(id);
    return room?.state.parent === null ? room : undefined;
  }

  /** Of a meeting that goes on, whether or not anybody is in it: nothing but a ticket leads there. */
  isBreakout(id: MeetingId): boolean {
    return this.all().some(
      ({ id: open, state }) =>
        (open === id && state.parent !== null) ||
        state.breakout?.rooms.some((room) => room.id === id) === true,
    );
  }

  /** Whether somebody is in any meeting here, or waits for one, under this id. */
  holds(id: ParticipantId): boolean {
    return this.all().some(({ state }) => state.members.has(id) || state.lobby.has(id));
  }

  all(): readonly Room[] {
    return [...this.#rooms.values()];
  }

  /** @param beginning of a room that is opened by this; one that is open goes on as it is. */
  open(id: MeetingId, beginning: RoomBeginning): Room {
    const room = this.#rooms.get(id) ?? new Room(id, beginning, this.#listeners);
    this.#rooms.set(id, room);
    return room;
  }

  /** Forgets the rooms that nobody is in or waits for. @returns their ids. */
  closeEmpty(): MeetingId[] {
    const empty = this.all().filter((room) => room.state.members.size + room.state.lobby.size === 0);
    for (const { id } of empty) this.#rooms.delete(id);
    return empty.map(({ id }) => id);
  }

  participants(id: MeetingId): number {
    return this.#rooms.get(id)?.state.members.size ?? 0;
  }

  participantsInAll(): number {
    // Whoever is in a breakout room is in its meeting too.
    const meetings = this.all().filter(({ state }) => state.parent === null);
    return meetings.reduce((sum, room) => sum + room.state.members.size, 0);
  }
}
