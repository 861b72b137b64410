import type { Bytes } from '../bytes.ts';
import { encodeMemberMessage, type MemberMessage } from '../member-messages/memberMessage.ts';
import {
  type Joiner,
  MeetingGroup,
  MlsError,
  makeDeviceKey,
  PendingJoiner,
  type SeatOptions,
} from '../mls/index.ts';
import type { Epochs } from './Epochs.ts';
import { type GroupTrouble, GroupWatch } from './GroupWatch.ts';
import { Membership, type ReceivedMessage } from './Membership.ts';
import type { Claim, GroupView, Introduction, News, Seat, ServerAnswer, ServerRequest } from './messages.ts';
import { WaitingMessages } from './WaitingMessages.ts';

/** A credential is for one stay; whoever stays longer comes back with another one, ms. */
const credentialLifetime = 48 * 60 * 60 * 1_000;
/** So long before its end: whoever lets us in again asks for a day. */
const renewalTime = 12 * 60 * 60 * 1_000;
/** A machine that slept may have missed a moment that is far away: the clock is looked at so often, ms. */
const renewalCheck = 10 * 60 * 1_000;
/** Between two tries to come into the group anew, ms. */
const rejoinPause = 2_000;

export interface SessionPorts {
  /** Never rejects. */
  request(request: ServerRequest): Promise<ServerAnswer>;
  onView(view: GroupView): void;
  /** Of the group that we are in; null: of none. */
  onEpochs(epochs: Epochs | null): void;
  /** The group is in another epoch, or we are in another group. */
  onEpoch(group: MeetingGroup): void;
  /** A member's word, proved to be theirs. */
  onMessage(received: ReceivedMessage): void;
  /** ms, monotonic. */
  now(): number;
  deviceKeyOf(accountId: string): Promise<CryptoKeyPair>;
}

/** Where a stay stands with its group. */
type Place =
  | { readonly name: 'outside' }
  /** A KeyPackage was handed in; a Welcome may come. */
  | { readonly name: 'waiting'; readonly joiner: PendingJoiner }
  | { readonly name: 'inside'; readonly membership: Membership };

/**
 * One stay in the encrypted group of one meeting: OUTSIDE → WAITING → INSIDE, and from INSIDE back to WAITING when our
 * state is of no use any more. Everything is done one after the other, in the order in which it came, so that what the
 * delivery service has ordered stays in order.
 */
export class GroupSession {
  readonly #meetingId: string;
  readonly #psk: Bytes;
  readonly #ports: SessionPorts;
  #place: Place = { name: 'outside' };
  #introduction: Introduction | null = null;
  #device: CryptoKeyPair | null = null;
  #last: Promise<unknown> = Promise.resolve();
  /** We are about to come in anew. */
  #rejoining: ReturnType<typeof setTimeout> | undefined;
  /** When the credential of the present place ends, ms since 1970. */
  #notAfter = Number.POSITIVE_INFINITY;
  #renewal: ReturnType<typeof setTimeout> | undefined;
  #rejoinedAt = Number.NEGATIVE_INFINITY;
  /** Ids of those whose socket is open, as the server says. */
  #connected: readonly string[] | null = null;
  #refused: readonly GroupView['refused'][number][] = [];
  readonly #watch = new GroupWatch();
  readonly #messages = new WaitingMessages();
  #watchTimer: ReturnType<typeof setTimeout> | undefined;
  #trouble: GroupTrouble | null = null;
  #closed = false;

  /** @param psk the half of the meeting's secret that the server never sees, 32 bytes */
  constructor(meetingId: string, psk: Bytes, ports: SessionPorts) {
    this.#meetingId = meetingId;
    this.#psk = psk;
    this.#ports = ports;
  }

  /** Gives up what there was, and makes a KeyPackage to come in with. */
  introduce(introduction: Introduction): Promise<Bytes> {
    return this.#do(() => this.#wait(introduction));
  }

  /** What there still is for somebody who comes back to the same place. */
  claim(introduction: Introduction): Promise<Claim> {
    return this.#do(async () => {
      const place = this.#place;
      const group = place.name === 'inside' ? place.membership.group : null;
      if (group?.lifetime === 'active' && this.#rejoining === undefined)
        return { kind: 'kept', groupId: group.groupId, epoch: group.epoch };
      return { kind: 'new', keyPackage: await this.#wait(introduction) };
    });
  }

  /**
   * To all other members. Resolves when the delivery service has taken it.
   * @param epoch in which it makes sense; in another one it is not sent
   * @throws MlsError `closed` while we are in no group, `stale_epoch`, `too_large`; Error with the server's code.
   */
  send(message: MemberMessage, epoch?: number): Promise<void> {
    return this.#do(async () => {
      const place = this.#place;
      if (place.name !== 'inside') throw new MlsError('closed', 'we are in no group now');
      const { group } = place.membership;
      if (epoch !== undefined && group.epoch !== epoch)
        throw new MlsError('stale_epoch', 'a message of an epoch that is over');
      const sealed = await group.seal(encodeMemberMessage(message));
      return { groupId: group.groupId, sealed };
    }).then(async ({ groupId, sealed }) => {
      const answer = await this.#ports.request({ type: 'message', groupId, message: sealed });
      if (!answer.ok) throw Object.assign(new Error('The message was not taken.'), { code: answer.code });
    });
  }

  hear(news: News): void {
    if (news.type === 'message' && !this.#messages.come(news.from)) return;
    this.#enqueue(() => this.#hear(news));
  }

  /** All keys are forgotten. */
  close(): void {
    this.#closed = true;
    this.#stopRejoining();
    clearTimeout(this.#watchTimer);
    clearTimeout(this.#renewal);
    void this.#do(() => this.#leave(), true);
  }

  /** A step that fails leaves us with a state that is of no use: nothing more is done or sent with it. */
  #enqueue(step: () => Promise<void>): void {
    const done = this.#do(async () => {
      try {
        await step();
      } catch {
        await this.#giveUp();
      }
    });
    // Nothing is left to be done once the stay is over.
    done.catch(() => {});
  }

  #do<T>(step: () => Promise<T>, last = false): Promise<T> {
    const done = this.#last.then(() => {
      if (this.#closed && !last) throw new MlsError('closed', 'the stay is over');
      return step();
    });
    this.#last = done.catch(() => {});
    return done;
  }

  async #hear(news: News): Promise<void> {
    switch (news.type) {
      case 'seat':
        return await this.#sit(news.seat);
      case 'welcome':
        return await this.#comeIn(news.groupId, news.welcome);
      case 'pending':
        return await this.#in(news.groupId)?.learnPending(news.waiting, news.gone);
      case 'commit':
        return await this.#in(news.groupId)?.follow(news.accepted);
      case 'settled':
        return this.#in(news.groupId)?.settle(news.epoch);
      case 'message':
        this.#messages.taken(news.from);
        return await this.#in(news.groupId)?.read(news.from, news.message);
      case 'connected':
        this.#connected = news.participantIds;
        if (this.#place.name === 'inside') this.#place.membership.rank(news.participantIds);
        return;
    }
  }

  async #sit(seat: Seat): Promise<void> {
    switch (seat.role) {
      case 'founder':
        return await this.#found(seat.groupId);
      case 'waiting':
        if (this.#place.name !== 'waiting') await this.#applyAnew();
        return;
      case 'behind':
        return await this.#applyAnew();
      case 'member': {
        const membership = this.#in(seat.groupId);
        if (membership === null) return await this.#applyAnew();
        for (const commit of seat.missed) await membership.follow(commit);
        membership.acknowledge();
        return membership.schedule();
      }
    }
  }

  async #found(groupId: string): Promise<void> {
    const options = await this.#options();
    await this.#leave();
    await this.#enter(await MeetingGroup.found({ ...options, groupId }));
  }

  async #comeIn(groupId: string, welcome: Bytes): Promise<void> {
    const place = this.#place;
    // Nobody asked for it: it is none of ours.
    if (place.name !== 'waiting') return;
    await this.#enter(await place.joiner.join(welcome, groupId));
  }

  async #enter(group: MeetingGroup): Promise<void> {
    const membership = await Membership.begin(group, this.#watch, {
      request: (request) => this.#ports.request(request),
      onEpoch: (next) => this.#epochBegins(next),
      onMessage: (message) => this.#ports.onMessage(message),
      onRefused: (participantId) => this.#noteRefused(participantId),
      onWatch: () => this.#look(),
      enqueue: (step) => this.#enqueue(step),
      now: () => this.#ports.now(),
    });
    this.#stopRejoining();
    this.#place = { name: 'inside', membership };
    this.#watch.inside();
    this.#renewInTime();
    this.#ports.onEpochs(membership.epochs);
    this.#epochBegins(group);
    membership.acknowledge();
    membership.schedule();
  }

  #epochBegins(group: MeetingGroup): void {
    if (this.#connected !== null && this.#place.name === 'inside')
      this.#place.membership.rank(this.#connected);
    this.#ports.onEpoch(group);
    this.#show();
  }

  #noteRefused(participantId: string): void {
    this.#refused = [...this.#refused.slice(-19), { participantId, at: Date.now() }];
    this.#show();
  }

  /** Somebody who waits goes on waiting until there is another KeyPackage of theirs. */
  async #giveUp(): Promise<void> {
    if (this.#place.name === 'inside') {
      this.#watch.outside(this.#ports.now());
      await this.#leave();
      this.#look();
    }
    this.#rejoin();
  }

  /** We come in anew, as somebody else would. */
  #rejoin(): void {
    if (this.#closed || this.#rejoining !== undefined) return;
    const wait = Math.max(0, this.#rejoinedAt + rejoinPause - this.#ports.now());
    this.#rejoining = setTimeout(() => {
      this.#rejoining = undefined;
      this.#enqueue(() => this.#applyAnew());
    }, wait);
  }

  #stopRejoining(): void {
    clearTimeout(this.#rejoining);
    this.#rejoining = undefined;
  }

  /** A stay that is longer than a credential goes on as another leaf, well before the former one is over. */
  #renewInTime(): void {
    clearTimeout(this.#renewal);
    const left = this.#notAfter - renewalTime - Date.now();
    this.#renewal = setTimeout(
      () => {
        if (this.#notAfter - renewalTime > Date.now()) return this.#renewInTime();
        this.#enqueue(async () => {
          if (this.#place.name === 'inside') await this.#applyAnew();
        });
      },
      Math.max(0, Math.min(left, renewalCheck)),
    );
  }

  async #applyAnew(): Promise<void> {
    if (this.#introduction === null) return;
    this.#rejoinedAt = this.#ports.now();
    const keyPackage = await this.#wait(this.#introduction);
    const answer = await this.#ports.request({ type: 'rejoin', keyPackage });
    if (answer.ok && answer.seat !== null) await this.#sitAfterRejoin(answer.seat);
    // Without a socket there is a resume to come, which asks for our claim.
    else if (!answer.ok && answer.code !== 'network.unreachable') this.#rejoin();
  }

  async #sitAfterRejoin(seat: Seat): Promise<void> {
    if (seat.role === 'founder') await this.#found(seat.groupId);
    else if (seat.role !== 'waiting') this.#rejoin();
  }

  async #wait(introduction: Introduction): Promise<Bytes> {
    this.#stopRejoining();
    await this.#leave();
    this.#introduction = introduction;
    const joiner = await PendingJoiner.prepare(await this.#options());
    this.#place = { name: 'waiting', joiner };
    this.#watch.outside(this.#ports.now());
    this.#look();
    return joiner.keyPackage;
  }

  async #options(): Promise<SeatOptions> {
    const introduction = this.#introduction;
    if (introduction === null) throw new MlsError('closed', 'nobody has said who we are');
    return { meetingId: this.#meetingId, psk: this.#psk, me: await this.#joiner(introduction) };
  }

  async #joiner({ participantId, name, accountId }: Introduction): Promise<Joiner> {
    this.#device ??= await (accountId === null ? makeDeviceKey() : this.#ports.deviceKeyOf(accountId));
    const notAfter = Date.now() + credentialLifetime;
    this.#notAfter = notAfter;
    const common = { participantId, name, notAfter, device: this.#device };
    return accountId === null ? { kind: 'guest', ...common } : { kind: 'member', accountId, ...common };
  }

  async #leave(): Promise<void> {
    const place = this.#place;
    this.#place = { name: 'outside' };
    if (place.name === 'waiting') place.joiner.discard();
    if (place.name !== 'inside') return;
    this.#ports.onEpochs(null);
    place.membership.stop();
    this.#show();
    await place.membership.group.close();
  }

  /** Where the news are of the group that we are in. */
  #in(groupId: string): Membership | null {
    const place = this.#place;
    return place.name === 'inside' && place.membership.groupId === groupId ? place.membership : null;
  }

  /** Whether all goes on as it should, now and when time alone would change the answer. */
  #look(): void {
    const now = this.#ports.now();
    const trouble = this.#watch.trouble(now);
    clearTimeout(this.#watchTimer);
    const at = this.#closed ? null : this.#watch.nextChangeAt(now);
    if (at !== null) this.#watchTimer = setTimeout(() => this.#look(), at - now);
    if (trouble !== this.#trouble) this.#show();
  }

  #show(): void {
    const place = this.#place;
    const refused = this.#refused;
    const trouble = this.#watch.trouble(this.#ports.now());
    this.#trouble = trouble;
    if (place.name !== 'inside') {
      this.#ports.onView({ phase: 'forming', epoch: null, people: [], refused, trouble });
      return;
    }
    const { group } = place.membership;
    const people = group.members().map((member) => ({
      participantId: member.participantId,
      name: member.name,
      accountId: member.kind === 'member' ? member.accountId : null,
      self: member.leafIndex === group.ownLeaf,
    }));
    this.#ports.onView({ phase: 'secured', epoch: group.epoch, people, refused, trouble });
  }
}
