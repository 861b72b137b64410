import type { MeetingId, MeetingRules, ParticipantId } from '@conclave/protocol';
import { Room, type RoomListener } from './Room.ts';

/** The meetings that are going on here. A room is there for as long as somebody is in it. */
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

  /** Whether somebody is in any meeting here under this id. */
  holds(id: ParticipantId): boolean {
    return this.all().some((room) => room.member(id) !== undefined);
  }

  all(): readonly Room[] {
    return [...this.#rooms.values()];
  }

  /**
   * @param rules and title are those of a room that is opened by this; one that is open has its own.
   * @param groupSeed 96 random bits, base64url, likewise.
   */
  open(id: MeetingId, title: string | null, rules: MeetingRules, groupSeed: string): Room {
    const room = this.#rooms.get(id) ?? new Room(id, title, rules, groupSeed, this.#listeners);
    this.#rooms.set(id, room);
    return room;
  }

  /** Forgets the rooms that nobody is in. @returns their ids. */
  closeEmpty(): MeetingId[] {
    const empty = this.all().filter((room) => room.state.members.size === 0);
    for (const { id } of empty) this.#rooms.delete(id);
    return empty.map(({ id }) => id);
  }

  participants(id: MeetingId): number {
    return this.#rooms.get(id)?.state.members.size ?? 0;
  }

  participantsInAll(): number {
    return this.all().reduce((sum, room) => sum + room.state.members.size, 0);
  }
}
