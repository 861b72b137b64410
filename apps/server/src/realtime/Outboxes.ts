import type { LeaveReason, ParticipantId, ServerMessage } from '@conclave/protocol';

/** Where what is told to a participant goes: the socket that is theirs now, or nowhere while it is lost. */
export interface Outbox {
  send(message: ServerMessage): void;
  /** The last thing that happens on this socket. */
  end(reason: LeaveReason): void;
}

export class Outboxes {
  readonly #all = new Map<ParticipantId, Outbox>();

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

  remove(id: ParticipantId): Outbox | undefined {
    const outbox = this.#all.get(id);
    this.#all.delete(id);
    return outbox;
  }
}
