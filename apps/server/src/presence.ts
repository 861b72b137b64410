import type { MeetingId, MeetingRules } from '@conclave/protocol';

/** What goes on in a meeting now. Nothing, until the part that runs the rooms says otherwise. */
export class Presence {
  #count: (id: MeetingId) => number = () => 0;
  #total: () => number = () => 0;
  #form: (id: MeetingId) => MeetingRules['form'] | null = () => null;

  provide(
    count: (id: MeetingId) => number,
    total: () => number,
    form: (id: MeetingId) => MeetingRules['form'] | null = () => null,
  ): void {
    this.#count = count;
    this.#total = total;
    this.#form = form;
  }

  /** Of a meeting that is going on, which keeps the form that it has begun with; null when it is not. */
  formOf(id: MeetingId): MeetingRules['form'] | null {
    return this.#form(id);
  }

  participantsIn(id: MeetingId): number {
    return this.#count(id);
  }

  get total(): number {
    return this.#total();
  }
}
