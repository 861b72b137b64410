import type { Reaction } from '@conclave/e2ee';
import type { Observable } from '../observable.ts';
import type { Poll, PollDraft } from './polls/types.ts';
import type { Questions } from './questions/types.ts';

/** Who wrote something, as the group proves. They may have left since. */
export interface ChatAuthor {
  readonly participantId: string;
  readonly name: string;
  readonly guest: boolean;
  readonly self: boolean;
}

export interface ChatMessageEntry {
  readonly kind: 'message';
  /** Unique in the log. */
  readonly key: string;
  readonly author: ChatAuthor;
  /** Null once it is deleted. */
  readonly text: string | null;
  /** The name of the host who has deleted it; null where its author has, or nobody. */
  readonly deletedBy: string | null;
  /** Its author has changed it since. */
  readonly edited: boolean;
  /** Null: everybody has it. Otherwise it is between oneself and this person. */
  readonly privateWith: { readonly participantId: string; readonly name: string } | null;
  /** ms since 1970: by the author's clock, as far as it is plausible. */
  readonly at: number;
  /** The key of what it answers, which may be from before one came. */
  readonly replyTo: string | null;
  /**
   * Of one's own: on its way, taken for the others, or given up, `gone` because whoever it was for has left. Those of
   * others are `sent`.
   */
  readonly delivery: 'pending' | 'sent' | 'failed' | 'gone';
}

/** Messages did not come. `away`: while one was not connected. */
export interface ChatGapEntry {
  readonly kind: 'gap';
  readonly key: string;
  readonly away: boolean;
}

export type ChatEntry = ChatMessageEntry | ChatGapEntry;

export interface ChatState {
  /** In the order in which they came, at most `CHAT_ENTRIES`. */
  readonly entries: readonly ChatEntry[];
  /** How many messages of others have come, those that are no longer kept among them. */
  readonly received: number;
}

export interface RaisedHand {
  readonly participantId: string;
  /** ms since 1970. */
  readonly since: number;
}

export interface ShownReaction {
  /** Unique in the stay. */
  readonly key: number;
  readonly participantId: string;
  readonly name: string;
  readonly reaction: Reaction;
}

/** What a host says to all breakout rooms. */
export interface Broadcast {
  readonly key: string;
  readonly author: { readonly participantId: string; readonly name: string };
  readonly text: string;
  /** ms since 1970. */
  readonly at: number;
}

/** What has just happened to oneself. */
export type ConversationNotice = 'hand-lowered' | 'command-failed' | 'edit-failed' | 'poll-failed';

/**
 * What people of a meeting tell each other besides speaking. All of it is encrypted for those who are in the group at
 * that moment; nothing is kept but in the memory of their pages.
 */
export interface Conversation {
  readonly chat: Observable<ChatState>;
  /** The first one that was raised first. */
  readonly hands: Observable<readonly RaisedHand[]>;
  /** Those of the last four seconds. */
  readonly reactions: Observable<readonly ShownReaction[]>;
  /** @returns the way to stop listening. */
  onNotice(listener: (notice: ConversationNotice) => void): () => void;
  /**
   * @param replyTo the key of the message that it answers
   * @param to the participant who alone is to read it; null: everybody
   * @returns false when nothing can be sent: the text is empty or too long, the rules do not allow it, or that person is
   * not here
   */
  send(text: string, replyTo?: string | null, to?: string | null): boolean;
  /** Another text for a message of one's own. @returns false as above, or when it is not one's own */
  edit(key: string, text: string): boolean;
  /** A message of one's own that has failed. */
  retry(key: string): void;
  /** Takes back a message of one's own, at all who follow the rules. */
  delete(key: string): void;
  /** A few at once; what is more is dropped. */
  react(reaction: Reaction): void;
  raiseHand(up: boolean): void;
  /** For hosts: of this participant, or of all. */
  lowerHand(participantId: string): void;
  lowerAllHands(): void;
  /** For hosts: of chat, or a poll. */
  remove(key: string): void;
  /** What the audience of a webinar asks. */
  readonly questions: Questions;
  /** The last that was said to all breakout rooms; null before the first one. It is in the chat too. */
  readonly broadcast: Observable<Broadcast | null>;
  /** For hosts, and in the meeting itself. @returns false when nothing can be sent: the text is empty or too long */
  sendBroadcast(text: string): boolean;
  /** In the order in which they came, at most 20 that are not deleted. */
  readonly polls: Observable<readonly Poll[]>;
  /** @returns false when nothing can be asked so, or not by oneself */
  startPoll(draft: PollDraft): Promise<boolean>;
  /** @param chosen indexes of options; none: the vote is taken back */
  vote(key: string, chosen: readonly number[]): void;
  /** One's own, or for hosts: anybody's. */
  closePoll(key: string): void;
}
