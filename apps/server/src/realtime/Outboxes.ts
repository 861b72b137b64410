import type { LeaveReason, ParticipantId, ServerMessage } from '@conclave/protocol';

/** A message as it goes out, UTF-8: sockets share these bytes, however many they are. */
export type Written = Buffer;

/** Where what is told to a participant goes: the socket that is theirs now, or nowhere while it is lost. */
export interface Outbox {
  send(message: ServerMessage): void;
  /** A message that is written once for many. */
  sendWritten(message: Written): void;
  /** Whoever waited at the door is inside. */
  admitted(): void;
  /** The last thing that happens on this socket. @param by the name of the host who did it */
  end(reason: LeaveReason, by: string | null): void;
}

export function write(message: ServerMessage): Written {
  return Buffer.from(JSON.stringify(message));
}

export class Outboxes {
  readonly #all = new Map<ParticipantId, Outbox>();
  /** By participant and type of message: what holds until the next one of its type. */
  readonly #standing = new Map<ParticipantId, Map<ServerMessage['type'], Written>>();

  /** @returns the outbox that had the place before, if there is one: it is no longer told anything. */
  take(id: ParticipantId, outbox: Outbox): Outbox | undefined {
    const before = this.#all.get(id);
    this.#all.set(id, outbox);
    return before === outbox ? undefined : before;
  }

  /** Only whoever has the place can give it up. @returns whether it was so. */
  release(id: ParticipantId, outbox: Outbox): boolean {
    return this.#all.get(id) === outbox && this.#all.delete(id);
  }

  find(id: ParticipantId): Outbox | undefined {
    return this.#all.get(id);
  }

  /** Says what holds until the next message of its type, and keeps it for whoever has no socket now. */
  tell(id: ParticipantId, type: ServerMessage['type'], written: Written): void {
    const standing = this.#standing.get(id) ?? new Map<ServerMessage['type'], Written>();
    this.#standing.set(id, standing.set(type, written));
    this.#all.get(id)?.sendWritten(written);
  }

  /** Says once more all that holds: on a socket that was lost, some of it went nowhere. */
  repeat(id: ParticipantId): void {
    for (const written of this.#standing.get(id)?.values() ?? []) this.#all.get(id)?.sendWritten(written);
  }

  remove(id: ParticipantId): Outbox | undefined {
    this.#standing.delete(id);
    const outbox = this.#all.get(id);
    this.#all.delete(id);
    return outbox;
  }
}
