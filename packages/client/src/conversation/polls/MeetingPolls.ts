import {
  newId,
  POLL_LIMITS,
  type PollMessage,
  type TalkAuthor,
  type TalkEvent,
  toPollText,
} from '@conclave/e2ee';
import type { State } from '../../observable.ts';
import type { ConversationPorts } from '../ConversationPorts.ts';
import { keyOf } from '../chatLog.ts';
import { mayCommand } from '../mayCommand.ts';
import { mayWrite } from '../mayWrite.ts';
import { PollBook } from './PollBook.ts';
import type { Poll, PollDraft } from './types.ts';

export interface PollPorts
  extends Pick<ConversationPorts, 'ask' | 'participants' | 'nameOf' | 'self' | 'rules' | 'now'> {
  /** The name of the host who has deleted what has this key; null: nobody has. */
  removedBy(key: string): string | null;
  failed(): void;
}

export type PollEvent = Extract<TalkEvent, { type: 'poll' | 'poll-failed' | 'tell-anew' }>;

/** Polls of one stay: who may do what to them, what is said of them, and what they look like. */
export class MeetingPolls {
  readonly #shown: State<readonly Poll[]>;
  readonly #ports: PollPorts;
  readonly #book = new PollBook();
  /** How to take back what was said for the first time, by what it is about, as long as it may have come to nobody. */
  readonly #undo = new Map<string, () => void>();

  constructor(shown: State<readonly Poll[]>, ports: PollPorts) {
    this.#shown = shown;
    this.#ports = ports;
  }

  /** @returns false when nothing can be asked so */
  start({ question: typed, options: given, multiple, named }: PollDraft): boolean {
    const self = this.#ports.self();
    const question = toPollText(typed, POLL_LIMITS.question);
    const options = given.flatMap((one) => toPollText(one, POLL_LIMITS.option) ?? []);
    const isRight =
      options.length === given.length &&
      new Set(options).size === options.length &&
      options.length >= POLL_LIMITS.fewestOptions &&
      options.length <= POLL_LIMITS.options;
    if (self === null || question === null || !isRight || this.#book.isFull || !this.#mayWrite(self))
      return false;
    const terms = { id: newId(), question, options, multiple, named };
    const author = { ...self, device: '' };
    this.#book.announce(author, terms, [], { at: this.#ports.now(), self: true, nameOf: () => null });
    const key = keyOf(self.participantId, terms.id);
    this.#undo.set(`announce/${terms.id}`, () => this.#book.drop(key));
    this.#say({ type: 'announce', terms, votes: [] });
    this.#show();
    return true;
  }

  /** @param chosen indexes of options; none: the vote is taken back */
  vote(key: string, chosen: readonly number[]): void {
    const self = this.#ports.self();
    if (self === null) return;
    const { participantId } = self;
    const vote = this.#book.nextVote(key, participantId, chosen);
    if (vote === null) return;
    const former = this.#book.voteOf(key, participantId);
    const { revision } = vote;
    this.#undo.set(`vote/${key}`, () => this.#book.takeBack(key, participantId, revision, former));
    this.#book.vote(key, self, vote);
    this.#say({ type: 'vote', votes: [{ poll: refOf(key), ...vote }] });
    this.#show();
  }

  close(key: string): void {
    const self = this.#ports.self();
    const author = this.#book.authorOf(key);
    if (self === null || author === null) return;
    const own = author.participantId === self.participantId;
    if (!own && !mayCommand(self, 'close-poll', this.#ports.participants())) return;
    this.#book.close(key, self.name);
    this.#say({ type: 'close', poll: refOf(key) });
    this.#show();
  }

  /** By a host's command. @param by their name */
  remove(key: string, by: string): void {
    this.#book.remove(key, by);
    this.#show();
  }

  hear(event: PollEvent): void {
    if (event.type === 'poll') this.#learn(event.author, event.message);
    else if (event.type === 'tell-anew') this.#tellAnew(event.asked);
    else this.#takeBack(event.message);
    this.#show();
  }

  #takeBack(message: PollMessage): void {
    const subjects =
      message.type === 'announce'
        ? [`announce/${message.terms.id}`]
        : message.type === 'vote'
          ? message.votes.map(({ poll }) => `vote/${keyOf(poll.participantId, poll.id)}`)
          : [];
    for (const subject of subjects) {
      this.#undo.get(subject)?.();
      this.#undo.delete(subject);
    }
    this.#ports.failed();
  }

  #learn(author: TalkAuthor, message: PollMessage): void {
    if (message.type === 'announce') {
      const key = keyOf(author.participantId, message.terms.id);
      if (!this.#mayWrite(author)) return;
      const at = this.#ports.now();
      const nameOf = (id: string) => this.#ports.nameOf(id);
      this.#book.announce(author, message.terms, message.votes, { at, self: false, nameOf });
      const removedBy = this.#ports.removedBy(key);
      if (removedBy !== null) this.#book.remove(key, removedBy);
      return;
    }
    if (message.type === 'vote') {
      for (const { poll, ...vote } of message.votes)
        this.#book.vote(keyOf(poll.participantId, poll.id), author, vote);
      return;
    }
    const key = keyOf(message.poll.participantId, message.poll.id);
    if (this.#mayClose(author, message.poll.participantId, key)) this.#book.close(key, author.name);
  }

  #mayClose(author: TalkAuthor, asker: string, key: string): boolean {
    const known = this.#book.authorOf(key);
    const own = author.participantId === asker && (known === null || known.device === author.device);
    return own || mayCommand(author, 'close-poll', this.#ports.participants());
  }

  /** Newcomers learn what is open from whoever has asked it; those who were away also from each voter. */
  #tellAnew(asked: boolean): void {
    const self = this.#ports.self()?.participantId;
    if (self === undefined) return;
    // From here on it may be an earlier word that has come to people.
    this.#undo.clear();
    for (const open of this.#book.openOf(self)) this.#say({ type: 'announce', ...open });
    if (!asked) return;
    const votes = this.#book.votesOf(self).map(({ key, vote }) => ({ poll: refOf(key), ...vote }));
    if (votes.length > 0) this.#say({ type: 'vote', votes });
  }

  #mayWrite(author: Pick<TalkAuthor, 'participantId' | 'accountId'>): boolean {
    return mayWrite(author, this.#ports.rules(), this.#ports.participants());
  }

  #say(message: PollMessage): void {
    this.#ports.ask({ type: 'poll', message });
  }

  #show(): void {
    this.#shown.set(this.#book.polls(this.#ports.self()?.participantId ?? null));
  }
}

function refOf(key: string): { readonly participantId: string; readonly id: string } {
  const [participantId = '', id = ''] = key.split('/');
  return { participantId, id };
}
