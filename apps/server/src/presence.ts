import type { AccountId, Control, MeetingId, MeetingRules } from '@conclave/protocol';

/** Of a meeting that is going on. */
export interface RunningMeeting {
  /** It keeps the form that it has begun with. */
  readonly form: MeetingRules['form'];
  /** The controls of an account, whatever the meeting's own list says: hosts appoint and dismiss meanwhile. */
  controlsOf(accountId: AccountId): readonly Control[];
}

/** What goes on in a meeting now. Nothing, until the part that runs the rooms says otherwise. */
export class Presence {
  #count: (id: MeetingId) => number = () => 0;
  #total: () => number = () => 0;
  #find: (id: MeetingId) => RunningMeeting | null = () => null;
  #isTaken: (id: MeetingId) => boolean = () => false;

  provide(
    count: (id: MeetingId) => number,
    total: () => number,
    find: (id: MeetingId) => RunningMeeting | null = () => null,
    isTaken: (id: MeetingId) => boolean = () => false,
  ): void {
    this.#count = count;
    this.#total = total;
    this.#find = find;
    this.#isTaken = isTaken;
  }

  /** Null when it is not going on. */
  find(id: MeetingId): RunningMeeting | null {
    return this.#find(id);
  }

  /** Whether something goes on under this id, be it a meeting, a breakout room or a test call: no other one may have it. */
  isTaken(id: MeetingId): boolean {
    return this.#isTaken(id);
  }

  participantsIn(id: MeetingId): number {
    return this.#count(id);
  }

  get total(): number {
    return this.#total();
  }
}
