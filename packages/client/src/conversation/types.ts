import type { Reaction } from '@conclave/e2ee';
import type { Observable } from '../observable.ts';

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
  /** Null once its author has taken it back. */
  readonly text: string | null;
  /** ms since 1970: by the author's clock, as far as it is plausible. */
  readonly at: number;
  /** The key of what it answers, which may be from before one came. */
  readonly replyTo: string | null;
  /** Of one's own: on its way, taken for the others, or given up. Those of others are `sent`. */
  readonly delivery: 'pending' | 'sent' | 'failed';
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

/** What has just happened to oneself. */
export type ConversationNotice = 'hand-lowered' | 'command-failed';

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
   * @returns false when nothing can be sent: the text is empty or too long
   */
  send(text: string, replyTo?: string | null): boolean;
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
}
