import { ConclaveError, type MeetingRules, ParticipantId, type ServerMessage } from '@conclave/protocol';
import { Room } from '../../rooms/Room.ts';
import type { RoomCommand } from '../../rooms/roomCommands.ts';
import { beginning, testMeetingId } from '../../rooms/testing/people.ts';
import { OPEN_RULES } from '../../rooms/testing/rules.ts';
import { Door } from '../Door.ts';
import { Outboxes } from '../Outboxes.ts';
import { PendingNotices } from '../PendingNotices.ts';
import { tellGroup, tellPending } from '../tellGroup.ts';
import { tellLobby, waitingMessage } from '../tellLobby.ts';
import { tellRoom } from '../tellRoom.ts';

/** What comes out of one socket. */
export interface Listener {
  hear(message: ServerMessage): void;
  /** The answer that tells somebody everything. */
  admitted(): void;
  ended(message: ServerMessage & { type: 'ended' }): void;
}

/** A room, and all that its sockets are told. Models of who may hear what are held against it. */
export class HeardRoom {
  readonly room: Room;
  readonly outboxes = new Outboxes();
  readonly #notices = new PendingNotices((room) => tellPending(room, this.outboxes));
  #came = 0;

  /** @param rules where they are others than those of an open meeting */
  constructor(rules: Partial<MeetingRules>) {
    this.room = new Room(testMeetingId, beginning({ ...OPEN_RULES, ...rules }), [
      (event, room) => tellLobby(event, room, this.outboxes),
      (event, room) => tellRoom(event, room, this.outboxes),
      (event, room) => tellGroup(event, room, this.outboxes, this.#notices),
    ]);
  }

  /** Of nobody so far. */
  nextId(): ParticipantId {
    return ParticipantId.parse(`p${this.#came++}`.padStart(16, '0'));
  }

  /** As a socket does: one answer, and nothing before it. */
  connect(id: ParticipantId, listener: Listener): void {
    const door = new Door();
    const hear = (message: ServerMessage) => {
      if (door.lets(message)) listener.hear(message);
    };
    const admitted = () => {
      door.open();
      listener.admitted();
    };
    this.outboxes.take(id, {
      send: hear,
      sendWritten: (written) => {
        if (door.letsWritten) hear(JSON.parse(written.toString()));
      },
      admitted,
      end: (reason, by) => listener.ended({ type: 'ended', reason, by }),
    });
    if (this.room.state.lobby.has(id)) {
      door.close();
      hear(waitingMessage(this.room, id, 1));
    } else if (this.room.state.members.has(id)) admitted();
  }

  /** @returns whether it was not refused */
  do(command: RoomCommand): boolean {
    try {
      this.room.handle(command);
      return true;
    } catch (error) {
      if (!(error instanceof ConclaveError)) throw error;
      return false;
    }
  }

  /** Of those who are inside or wait; an id of nobody where there is none. */
  someone(index: number): ParticipantId {
    const { members, lobby } = this.room.state;
    const all = [...members.keys(), ...lobby.keys()];
    return all[index % Math.max(1, all.length)] ?? ParticipantId.parse('nobody'.padEnd(16, '0'));
  }

  close(): void {
    this.#notices[Symbol.dispose]();
  }
}
