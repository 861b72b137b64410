import type { MemberIdentity } from '../../mls/index.ts';
import { personKey } from '../door/personKey.ts';
import type { MeetingWord } from './MeetingWord.ts';

/** So long somebody is waited for who is in the room's group, or on the way into it, and not yet in the meeting's, ms. */
export const MEETING_PATIENCE = 5_000;
/** Whoever left the meeting so short a time ago is followed still when others add them, ms: as at the door. */
const followedFor = 120_000;
/** People who have left that are remembered. The oldest are forgotten first. */
const mostLeft = 5_000;

/**
 * Who is in the meeting's group, for our stay in one of its breakout rooms. A person is the same one in both by their device
 * and name: a credential in the room is signed by the device, and names the room, the stay and the leaf's key, so it is that
 * device's own statement and of no use in another room, stay or leaf.
 */
export class MeetingMembers {
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  readonly #left = new Map<string, number>();
  #word: MeetingWord = null;
  #present: ReadonlySet<string> = new Set();

  /** @param now ms, monotonic */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Before anything was heard, nobody is in the meeting. */
  static by(port: MessagePort, now: () => number): MeetingMembers {
    const members = new MeetingMembers(now);
    port.onmessage = ({ data }: MessageEvent<MeetingWord>) => members.hear(data);
    return members;
  }

  hear(word: MeetingWord): void {
    const present = new Set(word?.members.map(personKey));
    for (const person of this.#present) if (!present.has(person)) this.#noteLeft(person);
    for (const person of present) this.#left.delete(person);
    this.#word = word;
    this.#present = present;
    for (const changed of [...this.#listeners]) changed();
  }

  /** @returns the way to stop listening */
  onChange(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }

  /** Whether we know: we are in the meeting's group ourselves. */
  get isKnown(): boolean {
    return this.#word !== null;
  }

  has(who: MemberIdentity): boolean {
    return this.#present.has(personKey(who));
  }

  /** The device that we are in the meeting by, once we are in its group: before that nobody could let us into a room. */
  async device(): Promise<CryptoKeyPair> {
    while (this.#word === null) await this.#change(null);
    return this.#word.device;
  }

  /** Whether all of these are in the meeting, now or within `MEETING_PATIENCE`: of two groups either may be the later one. */
  async hasAll(people: readonly MemberIdentity[]): Promise<boolean> {
    return await this.#comesTrue(() => people.every((one) => this.has(one)));
  }

  /** As `hasAll`, and more patient: whoever adds has looked at it more closely. */
  async hadAll(people: readonly MemberIdentity[]): Promise<boolean> {
    return await this.#comesTrue(() => people.every((one) => this.has(one) || this.#hadLately(one)));
  }

  #hadLately(who: MemberIdentity): boolean {
    const at = this.#left.get(personKey(who));
    return at !== undefined && this.#now() - at <= followedFor;
  }

  #noteLeft(person: string): void {
    this.#left.set(person, this.#now());
    const [oldest] = this.#left.keys();
    if (this.#left.size > mostLeft && oldest !== undefined) this.#left.delete(oldest);
  }

  async #comesTrue(isSo: () => boolean): Promise<boolean> {
    const until = this.#now() + MEETING_PATIENCE;
    for (let left = MEETING_PATIENCE; !isSo() && left > 0; left = until - this.#now())
      await this.#change(left);
    return isSo();
  }

  /** @param within ms; null: however long it takes */
  #change(within: number | null): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        stop();
        clearTimeout(timer);
        resolve();
      };
      const stop = this.onChange(done);
      const timer = within === null ? undefined : setTimeout(done, within);
    });
  }
}
