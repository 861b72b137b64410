import { MESSAGE_KINDS } from '../../member-messages/memberMessage.ts';
import { decodeReaction, encodeReaction, type Reaction } from '../../member-messages/reactionMessage.ts';
import type { MeetingGroup } from '../../mls/index.ts';
import type { Feature } from '../Feature.ts';
import type { ReceivedMessage } from '../Membership.ts';
import { authorOf } from './authors.ts';
import type { TalkPorts } from './TalkPorts.ts';
import { MemberBuckets, TokenBucket } from './TokenBucket.ts';
import type { TalkAuthor } from './talkMessages.ts';

/** What we send; of others a little more is taken, as the network bunches it. */
const own = { perSecond: 2, burst: 6 } as const;
const member = { perSecond: 3, burst: 9 } as const;
/** All members together: more cannot be told apart on a screen. */
const everybody = { perSecond: 40, burst: 80 } as const;

/** Reactions are of the moment: one that does not get out at once is forgotten. */
export class ReactionFeature implements Feature {
  readonly kind = MESSAGE_KINDS.reaction;
  readonly #ports: TalkPorts;
  readonly #own: TokenBucket;
  readonly #members = new MemberBuckets(member.perSecond, member.burst);
  readonly #everybody: TokenBucket;
  #self: TalkAuthor | null = null;

  constructor(ports: TalkPorts) {
    this.#ports = ports;
    this.#own = new TokenBucket(own.perSecond, own.burst, ports.now());
    this.#everybody = new TokenBucket(everybody.perSecond, everybody.burst, ports.now());
  }

  react(reaction: Reaction): void {
    const author = this.#self;
    if (author === null || !this.#own.take(this.#ports.now())) return;
    this.#ports.send({ kind: this.kind, body: encodeReaction(reaction) }).then(
      () => this.#ports.tell({ type: 'reacted', author, reaction }),
      () => {},
    );
  }

  receive({ body, sender }: ReceivedMessage): void {
    const reaction = decodeReaction(body);
    const now = this.#ports.now();
    if (reaction === null || !this.#members.take(sender.participantId, now)) return;
    if (this.#everybody.take(now)) this.#ports.tell({ type: 'reacted', author: authorOf(sender), reaction });
  }

  enter(group: MeetingGroup): void {
    const members = group.members();
    const self = members.find(({ leafIndex }) => leafIndex === group.ownLeaf);
    this.#self = self === undefined ? null : authorOf(self);
    this.#members.keep(new Set(members.map(({ participantId }) => participantId)));
  }

  leave(): void {
    this.#self = null;
  }
}
