import { LIMITS } from '@conclave/protocol';
import type { Room } from '../rooms/Room.ts';

interface Batch {
  readonly timer: ReturnType<typeof setTimeout>;
  isDue: boolean;
}

/**
 * Holds back what a room has to commit for as long as the last notice of it is young, so that many who join at once
 * are told in one. The first one goes out at once, and so does what is urgent.
 */
export class PendingNotices implements Disposable {
  readonly #batches = new Map<Room, Batch>();
  readonly #tell: (room: Room) => void;

  constructor(tell: (room: Room) => void) {
    this.#tell = tell;
  }

  change(room: Room, urgent: boolean): void {
    const batch = this.#batches.get(room);
    if (batch === undefined || urgent) this.#send(room);
    else batch.isDue = true;
  }

  [Symbol.dispose](): void {
    for (const { timer } of this.#batches.values()) clearTimeout(timer);
    this.#batches.clear();
  }

  #send(room: Room): void {
    clearTimeout(this.#batches.get(room)?.timer);
    const timer = setTimeout(() => this.#pass(room), LIMITS.groupPendingBatchMs);
    this.#batches.set(room, { timer, isDue: false });
    this.#tell(room);
  }

  #pass(room: Room): void {
    const due = this.#batches.get(room)?.isDue === true;
    this.#batches.delete(room);
    if (due) this.#send(room);
  }
}
