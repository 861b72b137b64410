import type { Bytes } from '../bytes.ts';
import { encodeMemberMessage, type MemberMessage } from '../member-messages/memberMessage.ts';
import { Introductions, MeetingGroup, MlsError, PendingJoiner, type SeatOptions } from '../mls/index.ts';
import { CredentialRenewal } from './CredentialRenewal.ts';
import { Doorkeeper } from './door/Doorkeeper.ts';
import type { InspectedKnock, Knock, SignedAdmission } from './door/Knocks.ts';
import { LateKnocks } from './door/LateKnocks.ts';
import { checkCount } from './door/mostKnocks.ts';
import { type GroupTrouble, GroupWatch } from './GroupWatch.ts';
import { peopleOf } from './groupPeople.ts';
import { Membership } from './Membership.ts';
import type { Arrival, Claim, GroupView, Introduced, News, OwnIdentity, Seat } from './messages.ts';
import { Rejoining } from './Rejoining.ts';
import type { SessionPorts } from './SessionPorts.ts';
import { StayDevice } from './StayDevice.ts';
import { Steps } from './Steps.ts';
import { WaitingMessages } from './WaitingMessages.ts';

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
  #self: OwnIdentity | null = null;
  readonly #introductions = new Introductions();
  readonly #device: StayDevice;
  readonly #steps = new Steps();
  readonly #rejoining: Rejoining;
  readonly #renewal: CredentialRenewal;
  /** Ids of those whose socket is open, as the server says. */
  #connected: readonly string[] | null = null;
  #refused: readonly GroupView['refused'][number][] = [];
  readonly #door: Doorkeeper;
  readonly #knocks = new LateKnocks();
  readonly #watch = new GroupWatch();
  readonly #messages = new WaitingMessages();
  #watchTimer: ReturnType<typeof setTimeout> | undefined;
  #trouble: GroupTrouble | null = null;
  readonly #stopMeeting: (() => void) | undefined;

  /** @param psk the half of the meeting's secret that the server never sees, 32 bytes */
  constructor(meetingId: string, psk: Bytes, ports: SessionPorts) {
    this.#meetingId = meetingId;
    this.#psk = psk;
    this.#ports = ports;
    this.#device = new StayDevice(ports);
    this.#rejoining = new Rejoining({
      rejoin: () => this.#enqueue(() => this.#applyAnew()),
      now: () => ports.now(),
    });
    this.#renewal = new CredentialRenewal(() =>
      this.#enqueue(async () => {
        if (this.#place.name === 'inside') await this.#applyAnew();
      }),
    );
    const { meeting } = ports;
    this.#door = new Doorkeeper({ meetingId, meeting, now: () => ports.now(), wallClock: () => Date.now() });
    this.#stopMeeting = meeting?.onChange(() => this.#enqueue(() => this.#doorChanged()));
  }

  /** Gives up what there was, and makes a KeyPackage to come in with. */
  introduce(self: OwnIdentity): Promise<Arrival> {
    return this.#steps.do(() => this.#knock(self));
  }

  /** What there still is for somebody who comes back to the same place. */
  claim(self: OwnIdentity): Promise<Claim> {
    return this.#steps.do(async () => {
      const place = this.#place;
      const group = place.name === 'inside' ? place.membership.group : null;
      if (group?.lifetime === 'active' && !this.#rejoining.isDue)
        return { kind: 'kept', groupId: group.groupId, epoch: group.epoch };
      return { kind: 'new', ...(await this.#knock(self)) };
    });
  }

  /**
   * To all other members. Resolves when the delivery service has taken it.
   * @param epoch in which it makes sense; in another one it is not sent
   * @throws MlsError `closed` while we are in no group, `stale_epoch`, `too_large`; Error with the server's code.
   */
  send(message: MemberMessage, epoch?: number): Promise<void> {
    return this.#steps
      .do(async () => {
        const { group } = this.#present();
        if (epoch !== undefined && group.epoch !== epoch)
          throw new MlsError('stale_epoch', 'a message of an epoch that is over');
        const sealed = await group.seal(encodeMemberMessage(message));
        return { groupId: group.groupId, sealed };
      })
      .then(async ({ groupId, sealed }) => {
        const answer = await this.#ports.request({
          type: 'message',
          groupId,
          kind: message.kind,
          message: sealed,
        });
        if (!answer.ok) throw Object.assign(new Error('The message was not taken.'), { code: answer.code });
      });
  }

  /** Who people are whose leaf does not say it, as the server hands it on. Resolves when it has been held against the tree. */
  learn(people: readonly Introduced[]): Promise<void> {
    return this.#steps.do(() => this.#learn(people));
  }

  /** What those prove who wait at the door. One after the other: commits go on in between. */
  async inspectKnocks(knocks: readonly Knock[]): Promise<readonly InspectedKnock[]> {
    checkCount(knocks);
    const inspected: InspectedKnock[] = [];
    for (const knock of knocks)
      inspected.push(await this.#steps.do(() => this.#knocks.inspect(knock, this.#present().group)));
    return inspected;
  }

  /**
   * Our device's word that these may come in. Nothing is signed for those whose knock was not found to be valid.
   * @throws MlsError `closed` while we are in no group, `refused` for guests, who let nobody in
   */
  signAdmissions(participantIds: readonly string[]): Promise<readonly SignedAdmission[]> {
    return this.#steps.do(async () => {
      this.#present();
      if (this.#self === null) throw new MlsError('closed', 'nobody has said who we are');
      const host = await this.#device.host(this.#self);
      const issuedAt = Date.now();
      return await this.#knocks.sign(participantIds, { meetingId: this.#meetingId, host, issuedAt });
    });
  }

  hear(news: News): void {
    if (news.type === 'message' && !this.#messages.come(news.from)) return;
    this.#enqueue(() => this.#hear(news));
  }

  /** All keys are forgotten. */
  close(): void {
    this.#steps.endWith(() => this.#leave());
    this.#rejoining.cancel();
    this.#renewal.stop();
    this.#stopMeeting?.();
    clearTimeout(this.#watchTimer);
  }

  /** A step that fails leaves us with a state that is of no use: nothing more is done or sent with it. */
  #enqueue(step: () => Promise<void>): void {
    const done = this.#steps.do(async () => {
      try {
        await step();
      } catch {
        await this.#giveUp();
      }
    });
    // Nothing is left to be done once the stay is over.
    done.catch(() => {});
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
      case 'door':
        this.#door.setRules(news.rules);
        return await this.#doorChanged();
    }
  }

  async #learn(people: readonly Introduced[]): Promise<void> {
    for (const { participantId, ...told } of people) this.#introductions.hear(participantId, told);
    const place = this.#place;
    if (place.name !== 'inside' || !(await place.membership.learnIntroductions())) return;
    this.#ports.onIntroduced(place.membership.group);
    this.#show();
  }

  async #doorChanged(): Promise<void> {
    if (this.#place.name === 'inside') await this.#place.membership.doorChanged();
  }

  async #sit(seat: Seat): Promise<void> {
    switch (seat.role) {
      case 'founder':
        return await this.#found(seat.groupId);
      case 'waiting':
        if (this.#place.name !== 'waiting') return await this.#applyAnew();
        return this.#expectWelcome();
      case 'behind':
        return await this.#applyAnew();
      case 'member': {
        const membership = this.#in(seat.groupId);
        if (membership === null) return await this.#applyAnew();
        return await membership.catchUp(seat.missed);
      }
    }
  }

  async #found(groupId: string): Promise<void> {
    const place = this.#place;
    // By the leaf that the server has heard of, and of which our introduction speaks.
    if (place.name === 'waiting') return await this.#enter(await place.joiner.found(groupId));
    if (this.#self?.unnamed === true) return await this.#applyAnew();
    const options = await this.#options();
    await this.#leave();
    await this.#enter(await MeetingGroup.found({ ...options, groupId }));
  }

  async #comeIn(groupId: string, welcome: Bytes): Promise<void> {
    const place = this.#place;
    // Nobody asked for it: it is none of ours.
    if (place.name !== 'waiting') return;
    const group = await place.joiner.join(welcome, groupId);
    if (!(await this.#door.areInMeeting(group.leaves()))) {
      await group.close();
      throw new MlsError('refused', 'somebody is in the group of a breakout room who is not in the meeting');
    }
    await this.#enter(group);
  }

  async #enter(group: MeetingGroup): Promise<void> {
    const membership = await Membership.begin(group, this.#watch, {
      door: this.#door,
      request: (request) => this.#ports.request(request),
      onEpoch: (next) => this.#epochBegins(next),
      onMessage: (message) => this.#ports.onMessage(message),
      onRefused: (participantId) => this.#noteRefused(participantId),
      onWatch: () => this.#look(),
      enqueue: (step) => this.#enqueue(step),
      now: () => this.#ports.now(),
    });
    this.#rejoining.cancel();
    this.#place = { name: 'inside', membership };
    this.#watch.inside();
    this.#renewal.watch();
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

  /** Soon, as somebody else would. */
  #rejoin(): void {
    if (!this.#steps.isOver) this.#rejoining.schedule();
  }

  async #applyAnew(): Promise<void> {
    if (this.#self === null) return;
    this.#rejoining.began();
    const arrival = await this.#wait(this.#self);
    this.#expectWelcome();
    const answer = await this.#ports.request({ type: 'rejoin', ...arrival });
    if (answer.ok && answer.seat !== null) await this.#sitAfterRejoin(answer.seat);
    // Without a socket there is a resume to come, which asks for our claim.
    else if (!answer.ok && answer.code !== 'network.unreachable') this.#rejoin();
  }

  async #sitAfterRejoin(seat: Seat): Promise<void> {
    if (seat.role === 'founder') await this.#found(seat.groupId);
    else if (seat.role !== 'waiting') this.#rejoin();
  }

  async #wait(self: OwnIdentity): Promise<Arrival> {
    this.#rejoining.cancel();
    await this.#leave();
    this.#self = self;
    const joiner = await PendingJoiner.prepare(await this.#options());
    this.#place = { name: 'waiting', joiner };
    const { keyPackage, introduction } = joiner;
    const { participantId, name } = self;
    if (introduction !== null) this.#introductions.hear(participantId, { name, introduction });
    return { keyPackage, introduction };
  }

  /** However long hosts let somebody wait at the door: from their seat on the group is to let them in. */
  async #knock(self: OwnIdentity): Promise<Arrival> {
    const arrival = await this.#wait(self);
    this.#watch.atTheDoor();
    this.#look();
    return arrival;
  }

  #expectWelcome(): void {
    this.#watch.outside(this.#ports.now());
    this.#look();
  }

  async #options(): Promise<SeatOptions> {
    if (this.#self === null) throw new MlsError('closed', 'nobody has said who we are');
    const { me, introducing } = await this.#device.joiner(this.#self);
    this.#renewal.endsAt(me.notAfter);
    const introductions = this.#introductions;
    return { meetingId: this.#meetingId, psk: this.#psk, me, introducing, introductions };
  }

  #present(): Membership {
    const place = this.#place;
    if (place.name !== 'inside') throw new MlsError('closed', 'we are in no group now');
    return place.membership;
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
    const at = this.#steps.isOver ? null : this.#watch.nextChangeAt(now);
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
    const people = peopleOf(group, this.#door);
    this.#ports.onView({ phase: 'secured', epoch: group.epoch, people, refused, trouble });
  }
}
