import { newId, type Reaction, type TalkAsk, type TalkEvent, toChatText } from '@conclave/e2ee';
import type { Participant } from '@conclave/protocol';
import { Listeners } from '../listeners.ts';
import { State } from '../observable.ts';
import {
  addGap,
  addMessage,
  type ChatLog,
  deleteMessage,
  dropMessage,
  emptyLog,
  find,
  keyOf,
  setDelivery,
} from './chatLog.ts';
import { type Hands, keepHands, lower, setHand } from './hands.ts';
import { mayCommand } from './mayCommand.ts';
import { plausibleTime } from './plausibleTime.ts';
import type { Conversation, ConversationNotice, ShownReaction } from './types.ts';

/** How long a reaction is shown, and how many at once. */
const reactionMs = 4_000;
const mostReactions = 60;
/** Who has been in the group for so long has heard of the hands that were up before, ms. */
const settledMs = 10_000;

export interface ConversationPorts {
  ask(ask: TalkAsk): void;
  /** As the server tells them. */
  participants(): readonly Participant[];
  /** Oneself, as the group knows one; null while in none. */
  self(): { readonly participantId: string; readonly name: string; readonly accountId: string | null } | null;
  /** Whether there is chat in this meeting. The server cannot hold to it: it does not know chat from a raised hand. */
  mayChat(): boolean;
  /** ms since 1970. */
  now(): number;
}

/** The page's side of what people tell each other. What comes in is proved, of limited size and rate already. */
export class MeetingConversation implements Conversation, Disposable {
  readonly chat = new State<ChatLog>(emptyLog);
  readonly hands = new State<Hands>([]);
  readonly reactions = new State<readonly ShownReaction[]>([]);
  readonly #ports: ConversationPorts;
  readonly #notices = new Listeners<ConversationNotice>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #here: ReadonlySet<string> = new Set();
  #hereSince = Number.POSITIVE_INFINITY;
  /** Since when one's own hand is up; one may join anew under another id meanwhile. */
  #upSince: number | null = null;
  #nextKey = 1;

  constructor(ports: ConversationPorts) {
    this.#ports = ports;
  }

  onNotice(listener: (notice: ConversationNotice) => void): () => void {
    return this.#notices.add(listener);
  }

  send(typed: string, replyTo: string | null = null): boolean {
    const text = toChatText(typed);
    const self = this.#ports.self();
    if (text === null || self === null || !this.#ports.mayChat()) return false;
    const id = newId();
    const { participantId, name, accountId } = self;
    this.chat.set(
      addMessage(this.chat.get(), {
        kind: 'message',
        key: keyOf(participantId, id),
        id,
        device: '',
        author: { participantId, name, guest: accountId === null, self: true },
        text,
        at: this.#ports.now(),
        replyTo,
        delivery: 'pending',
      }),
    );
    this.#say(keyOf(participantId, id));
    return true;
  }

  retry(key: string): void {
    if (find(this.chat.get(), key)?.delivery !== 'failed' || !this.#ports.mayChat()) return;
    this.chat.set(setDelivery(this.chat.get(), key, 'pending'));
    this.#say(key);
  }

  delete(key: string): void {
    const message = find(this.chat.get(), key);
    if (message === null || message.text === null) return;
    // By the id of a former stay nobody would take it from us.
    if (message.author.participantId !== this.#ports.self()?.participantId) return;
    // One that is on its way may have come to the others, or be withdrawn before it leaves.
    this.#ports.ask({ type: 'delete', id: message.id });
    const log = this.chat.get();
    this.chat.set(message.delivery === 'sent' ? deleteMessage(log, key, '') : dropMessage(log, key));
  }

  react(reaction: Reaction): void {
    this.#ports.ask({ type: 'react', reaction });
  }

  raiseHand(up: boolean): void {
    const self = this.#ports.self();
    if (self === null) return;
    this.#ports.ask({ type: 'hand', up });
    this.#upSince = up ? (this.#upSince ?? this.#ports.now()) : null;
    this.#setHand(self.participantId, up, this.#ports.now());
  }

  lowerHand(participantId: string): void {
    this.#ports.ask({ type: 'command', command: { type: 'lower-hand', participantId } });
  }

  lowerAllHands(): void {
    this.#ports.ask({ type: 'command', command: { type: 'lower-all-hands' } });
  }

  /** Who is in the group now; of none while we are in none. */
  setMembers(participantIds: readonly string[]): void {
    if (participantIds.length === 0) {
      // We come in again: whose hand is up is told anew, with the times of before.
      this.#hereSince = Number.POSITIVE_INFINITY;
      return;
    }
    if (this.#hereSince === Number.POSITIVE_INFINITY) this.#hereSince = this.#ports.now();
    this.#here = new Set(participantIds);
    this.hands.set(keepHands(this.hands.get(), this.#here));
    const self = this.#ports.self();
    if (this.#upSince !== null && self !== null) this.#setHand(self.participantId, true, this.#upSince);
  }

  receive(events: readonly TalkEvent[]): void {
    let log = this.chat.get();
    for (const event of events) {
      log = this.#logged(log, event);
      this.#happen(event);
    }
    this.chat.set(log);
  }

  [Symbol.dispose](): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.chat.set(emptyLog);
    this.hands.set([]);
    this.reactions.set([]);
    this.#notices.clear();
  }

  #say(key: string): void {
    const message = find(this.chat.get(), key);
    if (message === null || message.text === null) return;
    const [participantId, id] = message.replyTo?.split('/') ?? [];
    this.#ports.ask({
      type: 'say',
      id: message.id,
      text: message.text,
      sentAt: message.at,
      replyTo: participantId === undefined || id === undefined ? null : { participantId, id },
    });
  }

  #logged(log: ChatLog, event: TalkEvent): ChatLog {
    switch (event.type) {
      case 'said': {
        if (!this.#ports.mayChat()) return log;
        const { id, text, replyTo } = event;
        const { participantId, name, accountId, device } = event.author;
        return addMessage(log, {
          kind: 'message',
          key: keyOf(participantId, id),
          id,
          device,
          author: { participantId, name, guest: accountId === null, self: false },
          text,
          at: plausibleTime(event.sentAt, this.#ports.now()),
          replyTo: replyTo === null ? null : keyOf(replyTo.participantId, replyTo.id),
          delivery: 'sent',
        });
      }
      case 'deleted':
        return deleteMessage(log, keyOf(event.author.participantId, event.id), event.author.device);
      case 'delivered':
      case 'undelivered': {
        const own = log.entries.find(
          (entry) => entry.kind === 'message' && entry.author.self && entry.id === event.id,
        );
        return own === undefined
          ? log
          : setDelivery(log, own.key, event.type === 'delivered' ? 'sent' : 'failed');
      }
      case 'missed':
        return addGap(log, `gap/${this.#nextKey++}`, event.away);
      default:
        return log;
    }
  }

  #happen(event: TalkEvent): void {
    switch (event.type) {
      case 'reacted':
        this.#show(event.author.participantId, event.author.name, event.reaction);
        return;
      case 'hand':
        if (this.#here.has(event.author.participantId))
          this.#setHand(event.author.participantId, event.up, event.changedAt);
        return;
      case 'commanded':
        if (!mayCommand(event.author, this.#ports.participants())) return;
        this.#lower(event.command.type === 'lower-hand' ? event.command.participantId : null);
        return;
      case 'command-failed':
        this.#notices.emit('command-failed');
        return;
      default:
        return;
    }
  }

  #setHand(participantId: string, up: boolean, claimed: number): void {
    const now = this.#ports.now();
    const fresh = now - this.#hereSince > settledMs;
    this.hands.set(setHand(this.hands.get(), participantId, up, { claimed, now, fresh }));
  }

  /** @param whose null: everybody's */
  #lower(whose: string | null): void {
    const own = this.#ports.self()?.participantId;
    if (this.#upSince !== null && (whose === null || whose === own)) {
      this.#upSince = null;
      this.#ports.ask({ type: 'hand', up: false });
      this.#notices.emit('hand-lowered');
    }
    this.hands.set(whose === null ? [] : lower(this.hands.get(), whose));
  }

  #show(participantId: string, name: string, reaction: Reaction): void {
    const key = this.#nextKey++;
    this.reactions.set(
      [...this.reactions.get(), { key, participantId, name, reaction }].slice(-mostReactions),
    );
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.reactions.set(this.reactions.get().filter((shown) => shown.key !== key));
    }, reactionMs);
    this.#timers.add(timer);
  }
}
