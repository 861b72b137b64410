import { type ChatContent, decodeChat, encodeChat, streamBytes } from '../../member-messages/chatMessage.ts';
import { MESSAGE_KINDS } from '../../member-messages/memberMessage.ts';
import type { MeetingGroup } from '../../mls/index.ts';
import type { Feature } from '../Feature.ts';
import type { ReceivedMessage } from '../Membership.ts';
import { authorOf } from './authors.ts';
import { Outbox } from './Outbox.ts';
import { Sequences } from './Sequences.ts';
import type { TalkPorts } from './TalkPorts.ts';
import { MemberBuckets } from './TokenBucket.ts';
import type { TalkAsk } from './talkMessages.ts';

/** Of one member: more than anybody types, pasted lines among it. What is more is dropped. */
const perSecond = 5;
const burst = 30;
/** What does not come within this time of our return was sent while we were away, ms. */
const awayMemory = 30_000;

/** Chat of one stay: one's own messages out in order, those of others in, each once and in the order of its author. */
export class ChatFeature implements Feature {
  readonly kind = MESSAGE_KINDS.chat;
  readonly #ports: TalkPorts;
  readonly #stream = crypto.getRandomValues(new Uint8Array(streamBytes));
  readonly #sequences = new Sequences();
  readonly #buckets = new MemberBuckets(perSecond, burst);
  readonly #outbox: Outbox;
  #returnedAt = Number.NEGATIVE_INFINITY;

  constructor(ports: TalkPorts) {
    this.#ports = ports;
    this.#outbox = new Outbox({
      now: () => ports.now(),
      after: (ms, run) => ports.after(ms, run),
      send: (sequence, content) => this.#send(sequence, content),
      settled: (content, delivered) => {
        if (content.type === 'say')
          ports.tell({ type: delivered ? 'delivered' : 'undelivered', id: content.id });
      },
    });
  }

  ask(ask: Extract<TalkAsk, { type: 'say' | 'delete' }>): void {
    if (ask.type === 'say' || !this.#outbox.withdraw(ask.id)) this.#outbox.push(ask);
  }

  /** Says how far we are, to those who were away. */
  announce(): void {
    const { sequence } = this.#outbox.head;
    if (sequence > 0) this.#send(sequence, { type: 'head' }).catch(() => {});
  }

  /** On another socket, or in another group, after a while in which messages were lost. */
  returned(): void {
    this.#returnedAt = this.#ports.now();
    this.#outbox.wake();
  }

  receive({ body, sender }: ReceivedMessage): void {
    const message = decodeChat(body);
    if (message === null) return;
    const { stream, sequence, age, content } = message;
    const before = {
      sequence: content.type === 'head' ? sequence : sequence - 1,
      sentAt: this.#ports.now() - age,
    };
    const author = authorOf(sender);
    if (content.type === 'head') {
      if (this.#sequences.hearHead(author, stream, before)) this.#tellMissed();
      return;
    }
    const { taken, missed } = this.#sequences.follow(author, stream, sequence, before);
    if (missed) this.#tellMissed();
    if (!taken || !this.#buckets.take(author.participantId, this.#ports.now())) return;
    if (content.type === 'delete') this.#ports.tell({ type: 'deleted', author, id: content.id });
    else {
      const { id, text, sentAt, replyTo } = content;
      this.#ports.tell({ type: 'said', author, id, text, sentAt, replyTo });
    }
  }

  enter(group: MeetingGroup): void {
    const others = group.members().filter(({ leafIndex }) => leafIndex !== group.ownLeaf);
    this.#sequences.enter(others.map(authorOf), this.#ports.now());
    this.#buckets.keep(new Set(others.map(({ participantId }) => participantId)));
    this.#outbox.wake();
  }

  #tellMissed(): void {
    this.#ports.tell({ type: 'missed', away: this.#ports.now() - this.#returnedAt < awayMemory });
  }

  #send(sequence: number, content: ChatContent): Promise<void> {
    const head = this.#outbox.head;
    const age = head.sequence === 0 ? 0 : Math.round(this.#ports.now() - head.sentAt);
    const body = encodeChat({ stream: this.#stream, sequence, age, content });
    return this.#ports.send({ kind: MESSAGE_KINDS.chat, body });
  }
}
