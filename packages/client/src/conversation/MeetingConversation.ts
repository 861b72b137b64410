import {
  type HostCommand,
  newId,
  type Reaction,
  type TalkAuthor,
  type TalkEvent,
  toChatText,
} from '@conclave/e2ee';
import { Listeners } from '../listeners.ts';
import { State } from '../observable.ts';
import { toLogged } from './broadcasts.ts';
import { ChatReader } from './ChatReader.ts';
import { ChatWriter } from './ChatWriter.ts';
import type { ConversationPorts } from './ConversationPorts.ts';
import { addMessage, type ChatLog, emptyLog, keyOf, readKey } from './chatLog.ts';
import { mayCommand } from './mayCommand.ts';
import { LatePolls } from './polls/LatePolls.ts';
import type { PollDraft } from './polls/types.ts';
import { MeetingQuestions } from './questions/MeetingQuestions.ts';
import { RaisedHands } from './RaisedHands.ts';
import { ReactionsShown } from './ReactionsShown.ts';
import { Removed } from './Removed.ts';
import type { Broadcast, Conversation, ConversationNotice } from './types.ts';

/** The page's side of what people tell each other. What comes in is proved, of limited size and rate already. */
export class MeetingConversation implements Conversation, Disposable {
  readonly chat = new State<ChatLog>(emptyLog);
  readonly broadcast = new State<Broadcast | null>(null);
  readonly questions: MeetingQuestions;
  readonly #ports: ConversationPorts;
  readonly #writer: ChatWriter;
  readonly #reader: ChatReader;
  readonly #hands: RaisedHands;
  readonly #polls: LatePolls;
  readonly #notices = new Listeners<ConversationNotice>();
  readonly #reactions = new ReactionsShown();

  constructor(ports: ConversationPorts) {
    this.#ports = ports;
    const removed = new Removed();
    this.#writer = new ChatWriter(this.chat, ports);
    this.#reader = new ChatReader({ ...ports, removed, broadcast: this.broadcast });
    this.#hands = new RaisedHands(ports);
    this.questions = new MeetingQuestions(ports);
    this.#polls = new LatePolls({
      ...ports,
      removedBy: (key) => removed.by(key),
      failed: () => this.#notices.emit('poll-failed'),
    });
  }

  get hands(): RaisedHands['shown'] {
    return this.#hands.shown;
  }

  get reactions(): ReactionsShown['shown'] {
    return this.#reactions.shown;
  }

  get polls(): LatePolls['polls'] {
    return this.#polls.polls;
  }

  onNotice(listener: (notice: ConversationNotice) => void): () => void {
    return this.#notices.add(listener);
  }

  send(typed: string, replyTo: string | null = null, to: string | null = null): boolean {
    return this.#writer.send(typed, replyTo, to);
  }

  retry(key: string): void {
    this.#writer.retry(key);
  }

  edit(key: string, typed: string): boolean {
    return this.#writer.edit(key, typed);
  }

  delete(key: string): void {
    this.#writer.delete(key);
  }

  remove(key: string): void {
    const message = readKey(key);
    // What is between two people is theirs.
    if (message === null || message.privately) return;
    const { participantId, id } = message;
    this.#ports.ask({ type: 'command', command: { type: 'delete-message', participantId, id } });
  }

  sendBroadcast(typed: string): boolean {
    const text = toChatText(typed);
    if (text === null) return false;
    this.#ports.ask({ type: 'command', command: { type: 'broadcast', id: newId(), text } });
    return true;
  }

  /** Takes into the chat what was said to all breakout rooms. */
  hearBroadcast(said: Broadcast): void {
    this.chat.set(addMessage(this.chat.get(), toLogged(said)));
    this.broadcast.set(said);
  }

  startPoll(draft: PollDraft): Promise<boolean> {
    return this.#polls.start(draft);
  }

  vote(key: string, chosen: readonly number[]): void {
    this.#polls.vote(key, chosen);
  }

  closePoll(key: string): void {
    this.#polls.close(key);
  }

  react(reaction: Reaction): void {
    this.#ports.ask({ type: 'react', reaction });
  }

  raiseHand(up: boolean): void {
    this.#hands.raise(up);
  }

  lowerHand(participantId: string): void {
    this.#ports.ask({ type: 'command', command: { type: 'lower-hand', participantId } });
  }

  lowerAllHands(): void {
    this.#ports.ask({ type: 'command', command: { type: 'lower-all-hands' } });
  }

  /** Who is in the group now; of none while we are in none. */
  setMembers(participantIds: readonly string[]): void {
    this.#hands.setMembers(participantIds);
  }

  receive(events: readonly TalkEvent[]): void {
    let log = this.chat.get();
    for (const event of events) {
      log = this.#reader.read(log, event);
      this.#happen(event);
    }
    this.chat.set(log);
  }

  [Symbol.dispose](): void {
    this.chat.set(emptyLog);
    this.broadcast.set(null);
    this.#hands[Symbol.dispose]();
    this.#reactions[Symbol.dispose]();
    this.#notices.clear();
    this.#polls[Symbol.dispose]();
    this.questions[Symbol.dispose]();
  }

  /** What is not in the chat. */
  #happen(event: TalkEvent): void {
    switch (event.type) {
      case 'reacted':
        this.#reactions.show(event.author.participantId, this.#shownName(event.author), event.reaction);
        return;
      case 'hand':
        this.#hands.hear(event.author.participantId, event.up, event.changedAt);
        return;
      case 'commanded':
        if (mayCommand(event.author, event.command.type, this.#ports.participants()))
          this.#follow(event.command, event.author.name);
        return;
      case 'edit-settled':
        if (!event.delivered) this.#notices.emit('edit-failed');
        return;
      case 'poll':
      case 'poll-failed':
      case 'tell-anew':
        this.#polls.hear(event);
        return;
      case 'question':
      case 'question-settled':
        this.questions.hear(event);
        return;
      case 'command-failed':
        this.#notices.emit('command-failed');
        return;
      default:
        return;
    }
  }

  /** An audience is not told who of it reacts. */
  #shownName({ participantId, name }: TalkAuthor): string {
    const isKnown = this.#ports.participants().some(({ id }) => id === participantId);
    return isKnown || this.#ports.rules().form !== 'webinar' ? name : '';
  }

  #follow(command: HostCommand, by: string): void {
    switch (command.type) {
      case 'lower-all-hands':
        this.#lower(null);
        return;
      case 'lower-hand':
        this.#lower(command.participantId);
        return;
      case 'broadcast':
        return; // In the chat.
      case 'delete-message':
        this.#polls.remove(keyOf(command.participantId, command.id), by);
        return;
    }
  }

  /** @param whose null: everybody's */
  #lower(whose: string | null): void {
    if (this.#hands.lower(whose)) this.#notices.emit('hand-lowered');
  }
}
