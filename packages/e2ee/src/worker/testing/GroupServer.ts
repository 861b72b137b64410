import type { Bytes } from '../../bytes.ts';
import { makeDeviceKey } from '../../mls/index.ts';
import { groupId, meetingId, psk as meetingPsk, randomId } from '../../mls/testing/people.ts';
import type { MeetingMembers } from '../breakout/MeetingMembers.ts';
import type { DoorRules } from '../door/Door.ts';
import type { Newcomer } from '../door/Doorkeeper.ts';
import type { Epochs } from '../Epochs.ts';
import { GroupSession } from '../GroupSession.ts';
import type { ReceivedMessage } from '../Membership.ts';
import type {
  AcceptedCommit,
  Arrival,
  GroupView,
  News,
  OwnIdentity,
  ServerAnswer,
  ServerRequest,
} from '../messages.ts';

export interface StayOptions {
  readonly psk?: Bytes;
  readonly accountId?: string | null;
  /** Of a webinar's audience. */
  readonly unnamed?: boolean;
  /** For a stay in a breakout room. */
  readonly meeting?: MeetingMembers | null;
}

/** One stay with all that it has told. */
export class Stay {
  readonly id = randomId();
  readonly name: string;
  readonly session: GroupSession;
  readonly views: GroupView[] = [];
  readonly heard: ReceivedMessage[] = [];
  readonly asked: ServerRequest[] = [];
  /** Null for guests. */
  readonly accountId: string | null;
  readonly unnamed: boolean;
  /** What the server says of how they came. */
  way: Omit<Newcomer, 'participantId'>;
  readonly device = makeDeviceKey();
  /** Of this stay, for whoever has an account and is unnamed. */
  readonly stayDevice = makeDeviceKey();
  /** For which stays a guest's key was asked for. */
  readonly guestKeysAsked: string[] = [];
  epochs: Epochs | null = null;
  /** Unless it is open nothing is heard; a request is done and its answer lost, or it never comes. */
  network: 'open' | 'answers-lost' | 'cut' = 'open';
  #changed: (() => void)[] = [];

  constructor(name: string, server: GroupServer, options: StayOptions = {}) {
    const { psk = meetingPsk, accountId = null, unnamed = false, meeting = null } = options;
    this.unnamed = unnamed;
    this.name = name;
    this.accountId = accountId;
    this.way = { entry: accountId === null ? 'passcode' : 'account', admission: null };
    this.session = new GroupSession(meetingId, psk, {
      meeting,
      request: async (request) => {
        this.asked.push(request);
        const answer: ServerAnswer =
          this.network === 'cut' ? { ok: false, code: 'network.unreachable' } : server.answer(this, request);
        this.#wake();
        return this.network === 'open' ? answer : { ok: false, code: 'network.unreachable' };
      },
      onView: (view) => {
        this.views.push(view);
        this.#wake();
      },
      onEpochs: (epochs) => {
        this.epochs = epochs;
      },
      onEpoch: () => {},
      onIntroduced: () => {},
      onMessage: (message) => {
        this.heard.push(message);
        this.#wake();
      },
      now: () => performance.now() + server.skippedMs,
      deviceKeyOf: () => this.device,
      guestKeyOf: (participantId) => {
        this.guestKeysAsked.push(participantId);
        return accountId === null ? this.device : this.stayDevice;
      },
    });
  }

  get introduction(): OwnIdentity {
    const { id: participantId, name, accountId, unnamed } = this;
    return { participantId, name, accountId, unnamed };
  }

  get view(): GroupView | undefined {
    return this.views.at(-1);
  }

  get people(): string[] {
    return this.view?.people.map(({ name }) => name) ?? [];
  }

  /** Resolves when something that this stay has told or asked makes it true. */
  async until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) await new Promise<void>((resolve) => this.#changed.push(resolve));
  }

  #wake(): void {
    for (const resolve of this.#changed.splice(0)) resolve();
  }
}

/** The delivery service: one commit for each epoch, relays, and no knowledge. */
export class GroupServer {
  epoch = 0;
  readonly commits: AcceptedCommit[] = [];
  /** Of each stay whose leaf names nobody, the last one. */
  readonly introductions = new Map<Stay, Bytes>();
  readonly #members = new Set<Stay>();
  readonly #waiting = new Map<Stay, Bytes>();
  readonly #gone = new Set<Stay>();
  readonly #refusedBy = new Map<Stay, Set<Stay>>();
  readonly #stays = new Map<string, Stay>();
  #door: DoorRules = { form: 'meeting', straightIn: 'everybody', admitters: [] };

  /** So long passes at once, as the stays' own clocks have it, ms. */
  skippedMs = 0;

  /** @param knocked the KeyPackage that they have knocked with; null: they come straight in */
  async join(stay: Stay, knocked: Bytes | null = null): Promise<void> {
    this.#stays.set(stay.id, stay);
    const keyPackage = knocked ?? this.#arrived(stay, await stay.session.introduce(stay.introduction));
    this.tell(stay, { type: 'door', rules: this.#door });
    if (this.#members.size === 0) {
      this.#members.add(stay);
      this.tell(stay, { type: 'seat', seat: { role: 'founder', groupId } });
      return;
    }
    this.tell(stay, { type: 'seat', seat: { role: 'waiting', groupId } });
    this.#waiting.set(stay, keyPackage);
    this.#tellPending();
  }

  /** Whoever sees somebody is handed who they are. */
  introduce(of: Stay, to: Stay): void {
    const introduction = this.introductions.get(of);
    if (introduction !== undefined)
      void to.session.learn([{ participantId: of.id, name: of.name, introduction }]);
  }

  #arrived(stay: Stay, { keyPackage, introduction }: Arrival): Bytes {
    if (introduction !== null) this.introductions.set(stay, introduction);
    return keyPackage;
  }

  /** The rules of the door are others now: all are told, who come later too. */
  setDoor(rules: Partial<DoorRules>): void {
    this.#door = { ...this.#door, ...rules };
    for (const stay of this.#stays.values()) this.tell(stay, { type: 'door', rules: this.#door });
  }

  leave(stay: Stay): void {
    this.#waiting.delete(stay);
    if (this.#members.has(stay)) this.#gone.add(stay);
    this.#tellPending();
  }

  /** What it missed while its network was cut. */
  resume(stay: Stay, fromEpoch: number): void {
    const missed = this.commits.filter(({ epoch }) => epoch >= fromEpoch);
    this.tell(stay, { type: 'seat', seat: { role: 'member', groupId, missed } });
    this.#tellPending();
  }

  tell(stay: Stay, news: News): void {
    if (stay.network === 'open') stay.session.hear(news);
  }

  answer(stay: Stay, request: ServerRequest): ServerAnswer {
    switch (request.type) {
      case 'commit':
        return this.#commit(stay, request);
      case 'message':
        for (const member of this.#members)
          if (member !== stay)
            this.tell(member, { type: 'message', groupId, from: stay.id, message: request.message });
        return { ok: true, seat: null };
      case 'refuse':
        this.#refuse(stay, request.participantId);
        return { ok: true, seat: null };
      case 'rejoin':
        if (this.#members.has(stay)) this.#gone.add(stay);
        this.#waiting.set(stay, this.#arrived(stay, request));
        queueMicrotask(() => this.#tellPending());
        return { ok: true, seat: { role: 'waiting', groupId } };
      case 'ack':
        return { ok: true, seat: null };
    }
  }

  #commit(stay: Stay, request: Extract<ServerRequest, { type: 'commit' }>): ServerAnswer {
    if (request.epoch !== this.epoch || !this.#members.has(stay)) return { ok: false, code: 'group.stale' };
    this.epoch += 1;
    const added = request.added.map((id) => this.#newcomer(id));
    const accepted = { epoch: request.epoch, commit: request.commit, added };
    this.commits.push(accepted);
    for (const id of request.removed) {
      const removed = this.#stays.get(id);
      if (removed === undefined || this.#waiting.has(removed)) continue;
      this.#members.delete(removed);
      this.tell(removed, { type: 'commit', groupId, accepted });
    }
    for (const id of request.removed) this.#gone.delete(this.#stays.get(id) as Stay);
    for (const member of this.#members)
      if (member !== stay && !request.added.includes(member.id))
        this.tell(member, { type: 'commit', groupId, accepted });
    for (const id of request.added) {
      const joined = this.#stays.get(id);
      if (joined === undefined || request.welcome === null) continue;
      this.#waiting.delete(joined);
      this.#members.add(joined);
      this.tell(joined, { type: 'welcome', groupId, epoch: this.epoch, welcome: request.welcome });
    }
    queueMicrotask(() => this.#tellPending());
    return { ok: true, seat: null };
  }

  /** Whom nobody takes waits no more. */
  #refuse(by: Stay, participantId: string): void {
    const refused = this.#stays.get(participantId);
    if (refused === undefined) return;
    const all = this.#refusedBy.get(refused) ?? new Set();
    this.#refusedBy.set(refused, all.add(by));
    if ([...this.#members].every((member) => all.has(member))) this.#waiting.delete(refused);
  }

  #newcomer(participantId: string): Newcomer {
    const stay = this.#stays.get(participantId);
    if (stay === undefined) throw new Error('nobody of that id');
    return { participantId, ...stay.way };
  }

  #tellPending(): void {
    const waiting = [...this.#waiting].map(([{ id }, keyPackage]) => ({
      ...this.#newcomer(id),
      keyPackage,
    }));
    const gone = [...this.#gone].map(({ id }) => id);
    for (const member of this.#members)
      if (!this.#waiting.has(member)) this.tell(member, { type: 'pending', groupId, waiting, gone });
  }
}
