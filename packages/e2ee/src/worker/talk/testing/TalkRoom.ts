import { toBase64Url } from '../../../base64url.ts';
import { concat } from '../../../bytes.ts';
import { newId } from '../../../member-messages/body.ts';
import type { MemberMessage } from '../../../member-messages/memberMessage.ts';
import type { GroupMember, LeafSealed, MeetingGroup } from '../../../mls/index.ts';
import { Talk } from '../Talk.ts';
import type { TalkEvent } from '../talkMessages.ts';

/** A group without its cryptography, and a clock that is turned by hand: what is sent to members who are away is lost. */
export class TalkRoom {
  readonly people: TalkPerson[] = [];
  now = 0;
  /** How often somebody has tried to open what is for one person. */
  trials = 0;
  /** So many texts for one person are sealed just before another epoch begins. */
  staleSeals = 0;
  #timers: { readonly at: number; readonly run: () => void }[] = [];
  #nextLeaf = 0;

  join(name: string, kind: 'member' | 'guest' = 'guest'): TalkPerson {
    const person = new TalkPerson(this, this.#memberOf(name, kind));
    this.people.push(person);
    this.#tellMembers();
    return person;
  }

  leave(person: TalkPerson): void {
    this.people.splice(this.people.indexOf(person), 1);
    this.#tellMembers();
  }

  after(ms: number, run: () => void): void {
    this.#timers.push({ at: this.now + ms, run });
  }

  /** Lets promises settle, then each timer that is due until then. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    for (;;) {
      await settle();
      const next = this.#timers.toSorted((one, other) => one.at - other.at)[0];
      if (next === undefined || next.at > end) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.now = Math.max(this.now, next.at);
      next.run();
    }
    this.now = end;
    await settle();
  }

  relay(from: TalkPerson, message: MemberMessage): void {
    for (const person of this.people)
      if (person !== from && person.connected) person.hear(from.member, message);
  }

  groupOf({ member }: TalkPerson): MeetingGroup {
    const members = this.people.map((person) => person.member);
    const { leafIndex: ownLeaf } = member;
    const sealTo = async (leaf: number, _label: string, text: Uint8Array) => {
      if (this.staleSeals-- > 0) return { ...sealedFor(ownLeaf, leaf, text), epoch: -1 };
      return { ...sealedFor(ownLeaf, leaf, text), epoch: 0 };
    };
    const openFrom = async (leaf: number, _epoch: number, _label: string, sealed: LeafSealed) => {
      this.trials++;
      const [from, to] = sealed.kemOutput;
      if (from !== leaf || to !== ownLeaf) throw new Error('for somebody else');
      return sealed.ciphertext.slice(0, -16);
    };
    return { ownLeaf, members: () => members, sealTo, openFrom } as unknown as MeetingGroup;
  }

  #memberOf(name: string, kind: 'member' | 'guest'): GroupMember {
    const leafIndex = this.#nextLeaf++;
    const deviceKey = new Uint8Array(32).fill(leafIndex);
    const participantId = toBase64Url(new Uint8Array(12).fill(leafIndex));
    const common = { leafIndex, participantId, name, deviceKey, notAfter: leafIndex };
    return (kind === 'guest'
      ? { kind, ...common }
      : { kind, accountId: `account of ${name}`, ...common }) as unknown as GroupMember;
  }

  /** Those who are away get the commits when they are back. */
  #tellMembers(): void {
    for (const person of this.people) if (person.connected) person.enter();
  }
}

export class TalkPerson {
  readonly member: GroupMember;
  readonly told: TalkEvent[] = [];
  readonly talk: Talk;
  connected = true;
  /** The server takes what is sent, and its answer is lost. */
  answersLost = false;
  /** The server says that it is too much, so many times. */
  refusals = 0;
  readonly #room: TalkRoom;

  constructor(room: TalkRoom, member: GroupMember) {
    this.#room = room;
    this.member = member;
    this.talk = new Talk({
      send: (message, epoch) => this.#send(message, epoch),
      tell: (events) => this.told.push(...events),
      now: () => room.now,
      clock: () => 1_000_000 + room.now,
      random: () => Math.random(),
      after: (ms, run) => room.after(ms, run),
    });
  }

  get id(): string {
    return this.member.participantId;
  }

  say(text: string, id = newId(), to: TalkPerson | null = null): string {
    this.talk.ask({ type: 'say', id, text, sentAt: this.#room.now, replyTo: null, to: to?.id ?? null });
    return id;
  }

  lose(): void {
    this.connected = false;
  }

  comeBack(): void {
    this.connected = true;
    this.enter();
    this.talk.returned();
  }

  enter(): void {
    const group = this.#room.groupOf(this);
    for (const feature of this.talk.features) feature.enter?.(group);
  }

  hear(sender: GroupMember, { kind, body }: MemberMessage): void {
    this.talk.features.find((feature) => feature.kind === kind)?.receive({ kind, body, sender, epoch: 0 });
  }

  of<T extends TalkEvent['type']>(type: T): Extract<TalkEvent, { type: T }>[] {
    return this.told.filter((event): event is Extract<TalkEvent, { type: T }> => event.type === type);
  }

  texts(): string[] {
    return this.of('said').map(({ text }) => text);
  }

  async #send(message: MemberMessage, epoch = 0): Promise<void> {
    if (epoch !== 0) throw Object.assign(new Error(), { code: 'stale_epoch' });
    if (this.refusals > 0) {
      this.refusals -= 1;
      throw Object.assign(new Error(), { code: 'group.rate' });
    }
    if (this.connected) this.#room.relay(this, message);
    if (!this.connected || this.answersLost)
      throw Object.assign(new Error(), { code: 'network.unreachable' });
  }
}

/** Not sealed at all: from and to whom it is, and the text. Real ones are tested with real groups. */
function sealedFor(from: number, to: number, text: Uint8Array): LeafSealed {
  const kemOutput = new Uint8Array(32);
  kemOutput.set([from, to]);
  return { kemOutput, ciphertext: concat(text, new Uint8Array(16)) };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 1_000; turn++) await Promise.resolve();
}
