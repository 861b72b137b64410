import type { MeetingId } from '@conclave/protocol';

/** How many people are in a meeting now. Nobody, until the part that runs the rooms says otherwise. */
export class Presence {
  #count: (id: MeetingId) => number = () => 0;
  #total: () => number = () => 0;

  provide(count: (id: MeetingId) => number, total: () => number): void {
    this.#count = count;
    this.#total = total;
  }

  participantsIn(id: MeetingId): number {
    return this.#count(id);
  }

  get total(): number {
    return this.#total();
  }
}
