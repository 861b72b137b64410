import type { Bytes } from '../../bytes.ts';
import { groupId, meetingId, psk as meetingPsk, randomId } from '../../mls/testing/people.ts';
import type { Epochs } from '../Epochs.ts';
import { GroupSession } from '../GroupSession.ts';
import type { ReceivedMessage } from '../Membership.ts';
import type { AcceptedCommit, GroupView, News, ServerAnswer, ServerRequest } from '../messages.ts';

/** One stay with all that it has told. */
export class Stay {
  readonly id = randomId();
  readonly name: string;
  readonly session: GroupSession;
  readonly views: GroupView[] = [];
  readonly heard: ReceivedMessage[] = [];
  readonly asked: ServerRequest[] = [];
  epochs: Epochs | null = null;
  /** Whether a request is answered; without it the request is done and its answer lost, or it never comes. */
  network: 'open' | 'answers-lost' | 'cut' = 'open';
  #changed: (() => void)[] = [];

  constructor(name: string, server: GroupServer, psk: Bytes = meetingPsk) {
    this.name = name;
    this.session = new GroupSession(meetingId, psk, {
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
      onMessage: (message) => {
        this.heard.push(message);
        this.#wake();
      },
      now: () => performance.now(),
      deviceKeyOf: () => Promise.reject(new Error('nobody here has an account')),
    });
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
  readonly #members = new Set<Stay>();
  readonly #waiting = new Map<Stay, Bytes>();
  readonly #gone = new Set<Stay>();
  readonly #stays = new Map<string, Stay>();

  async join(stay: Stay): Promise<void> {
    this.#stays.set(stay.id, stay);
    const introduction = { participantId: stay.id, name: stay.name, accountId: null };
    const keyPackage = await stay.session.introduce(introduction);
    if (this.#members.size === 0) {
      this.#members.add(stay);
      this.tell(stay, { type: 'seat', seat: { role: 'founder', groupId } });
      return;
    }
    this.tell(stay, { type: 'seat', seat: { role: 'waiting', groupId } });
    this.#waiting.set(stay, keyPackage);
    this.#tellPending();
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
    if (stay.network !== 'cut') stay.session.hear(news);
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
        for (const waiting of this.#waiting.keys())
          if (waiting.id === request.participantId) this.#waiting.delete(waiting);
        return { ok: true, seat: null };
      case 'rejoin':
        if (this.#members.has(stay)) this.#gone.add(stay);
        this.#waiting.set(stay, request.keyPackage);
        queueMicrotask(() => this.#tellPending());
        return { ok: true, seat: { role: 'waiting', groupId } };
      case 'ack':
        return { ok: true, seat: null };
    }
  }

  #commit(stay: Stay, request: Extract<ServerRequest, { type: 'commit' }>): ServerAnswer {
    if (request.epoch !== this.epoch || !this.#members.has(stay)) return { ok: false, code: 'group.stale' };
    this.epoch += 1;
    const accepted = { epoch: request.epoch, commit: request.commit };
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

  #tellPending(): void {
    const waiting = [...this.#waiting].map(([{ id }, keyPackage]) => ({ participantId: id, keyPackage }));
    const gone = [...this.#gone].map(({ id }) => id);
    for (const member of this.#members)
      if (!this.#waiting.has(member)) this.tell(member, { type: 'pending', groupId, waiting, gone });
  }
}
