import type { MessageRef } from '../../member-messages/chatContent.ts';
import type { HostCommand } from '../../member-messages/commandMessage.ts';
import type { PollMessage } from '../../member-messages/pollMessage.ts';
import type { QuestionMessage } from '../../member-messages/questionMessage.ts';
import type { Reaction } from '../../member-messages/reactionMessage.ts';

/** Who said something, as the group proves. */
export interface TalkAuthor {
  readonly participantId: string;
  readonly name: string;
  /** Null for guests. */
  readonly accountId: string | null;
  /** The same for as long as it is the same device: of two with one participant id, one after the other, it tells them apart. */
  readonly device: string;
}

/** What the page wants said to the group. */
export type TalkAsk =
  | {
      readonly type: 'say';
      readonly id: string;
      /** As `toChatText` makes it. */
      readonly text: string;
      /** ms since 1970. */
      readonly sentAt: number;
      readonly replyTo: MessageRef | null;
      /** The participant who alone is to read it; null: everybody. */
      readonly to: string | null;
    }
  /** Another text for one of one's own; it goes to whom the first one went. */
  | { readonly type: 'edit'; readonly id: string; readonly text: string; readonly privately: boolean }
  /** Of one's own: taken back, or, while it waits, never sent. */
  | { readonly type: 'delete'; readonly id: string; readonly privately: boolean }
  | { readonly type: 'poll'; readonly message: PollMessage }
  | { readonly type: 'question'; readonly message: QuestionMessage }
  | { readonly type: 'react'; readonly reaction: Reaction }
  | { readonly type: 'hand'; readonly up: boolean }
  | { readonly type: 'command'; readonly command: HostCommand };

/** What the page is told. One's own reactions and commands come back once they are on their way. */
export type TalkEvent =
  | {
      readonly type: 'said';
      readonly author: TalkAuthor;
      readonly id: string;
      readonly text: string;
      readonly sentAt: number;
      readonly replyTo: MessageRef | null;
      /** To us alone. */
      readonly privately: boolean;
    }
  | {
      readonly type: 'edited';
      readonly author: TalkAuthor;
      readonly id: string;
      readonly text: string;
      readonly privately: boolean;
    }
  | {
      readonly type: 'deleted';
      readonly author: TalkAuthor;
      readonly id: string;
      readonly privately: boolean;
    }
  /** Of one's own messages: whether the server has taken it for the others. */
  | { readonly type: 'delivered'; readonly id: string }
  /** `gone`: whoever it was for is not here any more. */
  | { readonly type: 'undelivered'; readonly id: string; readonly gone: boolean }
  /** The same of a change to one of one's own. */
  | { readonly type: 'edit-settled'; readonly id: string; readonly delivered: boolean }
  /** Messages of somebody did not come. `away`: while we were not connected. */
  | { readonly type: 'missed'; readonly away: boolean }
  | { readonly type: 'reacted'; readonly author: TalkAuthor; readonly reaction: Reaction }
  | { readonly type: 'hand'; readonly author: TalkAuthor; readonly up: boolean; readonly changedAt: number }
  | { readonly type: 'poll'; readonly author: TalkAuthor; readonly message: PollMessage }
  /** Of one's own words on polls: it did not reach the others. */
  | { readonly type: 'poll-failed'; readonly message: PollMessage }
  | { readonly type: 'question'; readonly author: TalkAuthor; readonly message: QuestionMessage }
  /** Of one's own words on questions: whether the server has taken it. */
  | { readonly type: 'question-settled'; readonly message: QuestionMessage; readonly delivered: boolean }
  /** Somebody came, or (`asked`) was away: what still holds is to be said again. */
  | { readonly type: 'tell-anew'; readonly asked: boolean }
  | { readonly type: 'commanded'; readonly author: TalkAuthor; readonly command: HostCommand }
  | { readonly type: 'command-failed' };
