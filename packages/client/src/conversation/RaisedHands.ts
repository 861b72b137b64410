import { State } from '../observable.ts';
import type { ConversationPorts } from './ConversationPorts.ts';
import { type Hands, keepHands, lower, setHand } from './hands.ts';

/** Who has been in the group for so long has heard of the hands that were up before, ms. */
const settledMs = 10_000;

/** Hands of those who are in the group, one's own among them. */
export class RaisedHands implements Disposable {
  readonly shown = new State<Hands>([]);
  readonly #ports: Pick<ConversationPorts, 'ask' | 'self' | 'now'>;
  #here: ReadonlySet<string> = new Set();
  #hereSince = Number.POSITIVE_INFINITY;
  /** Since when one's own hand is up; one may join anew under another id meanwhile. */
  #upSince: number | null = null;

  constructor(ports: Pick<ConversationPorts, 'ask' | 'self' | 'now'>) {
    this.#ports = ports;
  }

  /** One's own. */
  raise(up: boolean): void {
    const self = this.#ports.self();
    if (self === null) return;
    this.#ports.ask({ type: 'hand', up });
    this.#upSince = up ? (this.#upSince ?? this.#ports.now()) : null;
    this.#set(self.participantId, up, this.#ports.now());
  }

  /** Who is in the group now; of none while we are in none. */
  setMembers(participantIds: readonly string[]): void {
    if (participantIds.length === 0) {
      // We come in again: whose hand is up is told anew, with the times of before.
      this.#hereSince = Number.POSITIVE_INFINITY;
      return;
    }
    if (this.#hereSince === Number.POSITIVE_INFINITY) this.#hereSince = this.#ports.now();
    this.#here = new Set(participantIds);
    this.shown.set(keepHands(this.shown.get(), this.#here));
    const self = this.#ports.self();
    if (this.#upSince !== null && self !== null) this.#set(self.participantId, true, this.#upSince);
  }

  /** @param changedAt by the clock of whose hand it is, ms since 1970 */
  hear(participantId: string, up: boolean, changedAt: number): void {
    if (this.#here.has(participantId)) this.#set(participantId, up, changedAt);
  }

  /**
   * A host has said so.
   * @param whose null: everybody's
   * @returns whether one's own was up
   */
  lower(whose: string | null): boolean {
    const own = this.#ports.self()?.participantId;
    const isOwn = this.#upSince !== null && (whose === null || whose === own);
    if (isOwn) {
      this.#upSince = null;
      this.#ports.ask({ type: 'hand', up: false });
    }
    this.shown.set(whose === null ? [] : lower(this.shown.get(), whose));
    return isOwn;
  }

  [Symbol.dispose](): void {
    this.shown.set([]);
  }

  #set(participantId: string, up: boolean, claimed: number): void {
    const now = this.#ports.now();
    const fresh = now - this.#hereSince > settledMs;
    this.shown.set(setHand(this.shown.get(), participantId, up, { claimed, now, fresh }));
  }
}
