import type { WrittenContent } from '../../member-messages/chatContent.ts';
import { type ChatContent, decodeChat, encodeChat, streamBytes } from '../../member-messages/chatMessage.ts';
import { MESSAGE_KINDS } from '../../member-messages/memberMessage.ts';
import type { MeetingGroup } from '../../mls/index.ts';
import type { Feature } from '../Feature.ts';
import type { ReceivedMessage } from '../Membership.ts';
import { authorOf } from './authors.ts';
import { InOrder } from './InOrder.ts';
import { type Letter, Outbox } from './Outbox.ts';
import { isGone, PrivateLetters } from './PrivateLetters.ts';
import { Sequences } from './Sequences.ts';
import type { TalkPorts } from './TalkPorts.ts';
import { MemberBuckets } from './TokenBucket.ts';
import type { TalkAsk, TalkAuthor, TalkEvent } from './talkMessages.ts';

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
  readonly #letters = new PrivateLetters();
  readonly #told: InOrder<TalkEvent>;
  readonly #outbox: Outbox;
  #returnedAt = Number.NEGATIVE_INFINITY;

  constructor(ports: TalkPorts) {
    this.#ports = ports;
    this.#told = new InOrder((event) => ports.tell(event));
    this.#outbox = new Outbox({
      now: () => ports.now(),
      after: (ms, run) => ports.after(ms, run),
      send: (sequence, letter) => this.#sendLetter(sequence, letter),
      settled: ({ content: { type, id } }, delivered, error) => {
        if (type === 'edit') ports.tell({ type: 'edit-settled', id, delivered });
        else if (type === 'say' && delivered) ports.tell({ type: 'delivered', id });
        else if (type === 'say') ports.tell({ type: 'undelivered', id, gone: isGone(error) });
      },
    });
  }

  ask(ask: Extract<TalkAsk, { type: 'say' | 'edit' | 'delete' }>): void {
    const letter = this.#letters.address(ask);
    if (letter === null) {
      if (ask.type === 'say') this.#ports.tell({ type: 'undelivered', id: ask.id, gone: true });
      if (ask.type === 'edit') this.#ports.tell({ type: 'edit-settled', id: ask.id, delivered: false });
      return;
    }
    if (ask.type !== 'delete' || !this.#outbox.withdraw(ask.id)) this.#outbox.push(letter);
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

  receive({ body, sender, epoch }: ReceivedMessage): void {
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
    const now = this.#ports.now();
    if (!taken || !this.#buckets.take(author.participantId, now)) return;
    if (content.type !== 'private') this.#told.next(eventOf(author, content, false));
    else if (this.#letters.mayTry(author.participantId, now))
      this.#told.next(
        this.#letters
          .open(content, sender.leafIndex, epoch)
          .then((opened) => (opened === null ? null : eventOf(author, opened, true))),
      );
  }

  enter(group: MeetingGroup): void {
    const others = group.members().filter(({ leafIndex }) => leafIndex !== group.ownLeaf);
    const ids = new Set(others.map(({ participantId }) => participantId));
    this.#sequences.enter(others.map(authorOf), this.#ports.now());
    this.#buckets.keep(ids);
    this.#letters.enter(group, ids);
    this.#outbox.wake();
  }

  leave(): void {
    this.#letters.leave();
  }

  #tellMissed(): void {
    this.#ports.tell({ type: 'missed', away: this.#ports.now() - this.#returnedAt < awayMemory });
  }

  async #sendLetter(sequence: number, { content, to }: Letter): Promise<void> {
    if (to === null) return await this.#send(sequence, content);
    const { epoch, ...sealed } = await this.#letters.seal(content, to);
    await this.#send(sequence, { type: 'private', ...sealed }, epoch);
  }

  #send(sequence: number, content: ChatContent, epoch?: number): Promise<void> {
    const head = this.#outbox.head;
    const age = head.sequence === 0 ? 0 : Math.round(this.#ports.now() - head.sentAt);
    const body = encodeChat({ stream: this.#stream, sequence, age, content });
    return this.#ports.send({ kind: MESSAGE_KINDS.chat, body }, epoch);
  }
}

function eventOf(author: TalkAuthor, content: WrittenContent, privately: boolean): TalkEvent {
  switch (content.type) {
    case 'say': {
      const { id, text, sentAt, replyTo } = content;
      return { type: 'said', author, id, text, sentAt, replyTo, privately };
    }
    case 'edit':
      return { type: 'edited', author, id: content.id, text: content.text, privately };
    case 'delete':
      return { type: 'deleted', author, id: content.id, privately };
  }
}
