import { groupId } from '../../../packages/e2ee/src/mls/testing/people.ts';
import type { DoorRules } from '../../../packages/e2ee/src/worker/door/Door.ts';
import type { Newcomer } from '../../../packages/e2ee/src/worker/door/Doorkeeper.ts';
import type {
  AcceptedCommit,
  News,
  ServerAnswer,
  ServerRequest,
} from '../../../packages/e2ee/src/worker/messages.ts';
import { type Service, Stay } from './Stay.ts';

const ok: ServerAnswer = { ok: true, seat: null };

/** What a server can do with a word on its way to somebody: anything. An empty list: it is withheld. */
export type Tampering = (news: News, to: Stay) => readonly News[];

/**
 * A delivery service under an attacker's full control. Left alone it does what the real one does; `tamper` sees, changes,
 * withholds or adds to all that it says, `answer` may lie to whoever asks, and everything that passes is kept.
 */
export class HostileService implements Service, Disposable {
  tamper: Tampering = (news) => [news];
  answer: (request: ServerRequest, from: Stay) => ServerAnswer | null = () => null;
  readonly groupId = groupId;
  epoch = 0;
  /** What everybody is told of the door as they come. */
  door: DoorRules = { form: 'meeting', straightIn: 'everybody', admitters: [] };
  /** How it says that somebody came: without a word of its own, with the passcode or by their account. */
  readonly ways = new Map<string, Omit<Newcomer, 'participantId'>>();
  readonly stays: Stay[] = [];
  readonly members = new Set<Stay>();
  readonly waiting = new Map<Stay, Uint8Array<ArrayBuffer>>();
  readonly gone = new Set<string>();
  readonly requests: { readonly from: Stay; readonly request: ServerRequest }[] = [];
  readonly commits: AcceptedCommit[] = [];
  readonly welcomes: Uint8Array<ArrayBuffer>[] = [];
  readonly keyPackages: Uint8Array<ArrayBuffer>[] = [];
  /** Of those whose leaf does not say who they are. */
  readonly introductions = new Map<Stay, Uint8Array<ArrayBuffer>>();
  /** Of a webinar: its host, who is told who everybody is. The real one tells hosts, co-hosts, and all of those on stage. */
  host: Stay | null = null;
  readonly #acknowledged = new Set<Stay>();

  /** Somebody joins; the first one founds the group. */
  async enter(stay: Stay): Promise<void> {
    this.stays.push(stay);
    const { keyPackage, introduction } = await stay.arrive();
    this.keyPackages.push(keyPackage);
    if (introduction !== null) this.introductions.set(stay, introduction);
    this.tell(stay, { type: 'door', rules: this.door });
    for (const other of this.stays) {
      this.introduce(stay, other);
      if (other !== stay) this.introduce(other, stay);
    }
    if (this.members.size === 0) {
      this.members.add(stay);
      this.tell(stay, { type: 'seat', seat: { role: 'founder', groupId } });
      await stay.until('founding', ({ view }) => view.phase === 'secured');
      return;
    }
    this.waiting.set(stay, keyPackage);
    this.tell(stay, { type: 'seat', seat: { role: 'waiting', groupId } });
    this.tellPending();
  }

  /** Somebody joins, and all are in one epoch with them. */
  async admit(stay: Stay): Promise<void> {
    await this.enter(stay);
    for (const member of [...this.members, stay])
      await member.until('the one who joins', ({ view }) =>
        view.people.some(({ participantId }) => participantId === stay.id),
      );
  }

  /** As when somebody leaves or is removed. */
  remove(stay: Stay): void {
    this.members.delete(stay);
    this.gone.add(stay.id);
    this.tellPending();
  }

  tell(to: Stay, news: News): void {
    for (const one of this.tamper(news, to)) to.hear(one);
  }

  introduce(of: Stay, to: Stay): void {
    const introduction = this.introductions.get(of);
    if (introduction !== undefined && to === this.host)
      void to.session.learn([{ participantId: of.id, name: of.name, introduction }]);
  }

  tellPending(): void {
    const waiting = [...this.waiting].map(([stay, keyPackage]) => ({
      ...this.newcomer(stay),
      keyPackage,
    }));
    for (const member of this.members)
      this.tell(member, { type: 'pending', groupId, waiting, gone: [...this.gone] });
  }

  newcomer({ id: participantId, accountId }: Stay): Newcomer {
    const entry = accountId === null ? 'passcode' : 'account';
    return { participantId, ...(this.ways.get(participantId) ?? { entry, admission: null }) };
  }

  async request(from: Stay, request: ServerRequest): Promise<ServerAnswer> {
    this.requests.push({ from, request });
    return this.answer(request, from) ?? this.#serve(from, request);
  }

  #serve(from: Stay, request: ServerRequest): ServerAnswer {
    switch (request.type) {
      case 'commit':
        return this.#order(from, request);
      case 'message': {
        const news = { type: 'message', groupId, from: from.id, message: request.message } as const;
        for (const to of this.members) if (to !== from) this.tell(to, news);
        return ok;
      }
      case 'rejoin':
        this.keyPackages.push(request.keyPackage);
        if (request.introduction !== null) this.introductions.set(from, request.introduction);
        if (this.members.delete(from)) this.gone.add(from.id);
        this.waiting.set(from, request.keyPackage);
        queueMicrotask(() => this.tellPending());
        return { ok: true, seat: { role: 'waiting', groupId } };
      case 'ack':
        this.#acknowledge(from, request.epoch);
        return ok;
      case 'refuse':
        return ok;
    }
  }

  #acknowledge(from: Stay, epoch: number): void {
    if (epoch !== this.epoch) return;
    this.#acknowledged.add(from);
    if (![...this.members].every((member) => this.#acknowledged.has(member))) return;
    for (const member of this.members) this.tell(member, { type: 'settled', groupId, epoch });
  }

  #order(from: Stay, request: Extract<ServerRequest, { type: 'commit' }>): ServerAnswer {
    if (request.epoch !== this.epoch) return { ok: false, code: 'group.stale_epoch' };
    this.epoch += 1;
    this.#acknowledged.clear();
    const added = this.stays
      .filter(({ id }) => request.added.includes(id))
      .map((stay) => this.newcomer(stay));
    const accepted = { epoch: request.epoch, commit: request.commit, added };
    this.commits.push(accepted);
    for (const to of this.members) if (to !== from) this.tell(to, { type: 'commit', groupId, accepted });
    for (const id of request.removed) this.gone.delete(id);
    const { welcome } = request;
    if (welcome === null) return ok;
    this.welcomes.push(welcome);
    for (const [stay] of [...this.waiting].filter(([{ id }]) => request.added.includes(id))) {
      this.waiting.delete(stay);
      this.members.add(stay);
      this.gone.delete(stay.id);
      this.tell(stay, { type: 'welcome', groupId, epoch: this.epoch, welcome });
    }
    return ok;
  }

  [Symbol.dispose](): void {
    for (const stay of this.stays) stay[Symbol.dispose]();
  }
}

/** Honest people in one group, with the server in the attacker's hands. */
export async function meetingOf(...names: string[]) {
  const service = new HostileService();
  const stays = names.map((name) => new Stay(name, service));
  for (const stay of stays) await service.admit(stay);
  return { service, stays, [Symbol.dispose]: () => service[Symbol.dispose]() };
}
