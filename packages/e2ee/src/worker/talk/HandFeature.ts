import { decodeHand, encodeHand, type HandMessage } from '../../member-messages/handMessage.ts';
import { MESSAGE_KINDS } from '../../member-messages/memberMessage.ts';
import type { MeetingGroup } from '../../mls/index.ts';
import type { Feature } from '../Feature.ts';
import type { ReceivedMessage } from '../Membership.ts';
import { authorKey, authorOf } from './authors.ts';
import { mayPass, type TalkPorts } from './TalkPorts.ts';
import { MemberBuckets, TokenBucket } from './TokenBucket.ts';

const own = { perSecond: 1, burst: 4 } as const;
const member = { perSecond: 2, burst: 10 } as const;
const retryMs = 1_200;

/** Raised hands. One's own is what it is: it is said until the others have it, and again to those who come. */
export class HandFeature implements Feature {
  readonly kind = MESSAGE_KINDS.hand;
  readonly #ports: TalkPorts;
  readonly #own: TokenBucket;
  readonly #members = new MemberBuckets(member.perSecond, member.burst);
  /** When each hand was last changed, by its own clock: what is older is out of date. */
  readonly #changes = new Map<string, number>();
  #hand: HandMessage = { up: false, changedAt: 0 };
  /** What the others have; null when that is not known. */
  #said: HandMessage | null = this.#hand;
  #saying = false;
  #waiting = false;

  constructor(ports: TalkPorts) {
    this.#ports = ports;
    this.#own = new TokenBucket(own.perSecond, own.burst, ports.now());
  }

  set(up: boolean): void {
    if (up === this.#hand.up) return;
    this.#hand = { up, changedAt: Math.max(this.#ports.clock(), this.#hand.changedAt + 1) };
    this.say();
  }

  /** Somebody came, or was away. A hand that is down is what everybody takes it to be. */
  announce(): void {
    if (this.#hand.up) this.#said = null;
    this.say();
  }

  /** If the others do not have it. */
  say(): void {
    if (this.#saying || this.#said === this.#hand) return;
    if (!this.#own.take(this.#ports.now())) {
      this.#sayLater();
      return;
    }
    const hand = this.#hand;
    this.#saying = true;
    this.#ports.send({ kind: this.kind, body: encodeHand(hand) }).then(
      () => {
        this.#saying = false;
        this.#said = hand;
        this.say();
      },
      (error: unknown) => {
        this.#saying = false;
        this.#said = null;
        if (mayPass(error) === 'soon') this.#sayLater();
      },
    );
  }

  receive({ body, sender }: ReceivedMessage): void {
    const hand = decodeHand(body);
    if (hand === null || !this.#members.take(sender.participantId, this.#ports.now())) return;
    const author = authorOf(sender);
    const key = authorKey(author);
    if (hand.changedAt < (this.#changes.get(key) ?? 0)) return;
    this.#changes.set(key, hand.changedAt);
    this.#ports.tell({ type: 'hand', author, ...hand });
  }

  enter(group: MeetingGroup): void {
    const members = group.members();
    const keys = new Set(members.map((one) => authorKey(authorOf(one))));
    for (const key of this.#changes.keys()) if (!keys.has(key)) this.#changes.delete(key);
    this.#members.keep(new Set(members.map(({ participantId }) => participantId)));
    this.say();
  }

  #sayLater(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    this.#ports.after(retryMs, () => {
      this.#waiting = false;
      this.say();
    });
  }
}
