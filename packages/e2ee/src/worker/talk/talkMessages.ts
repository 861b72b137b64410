import type { MessageRef } from '../../member-messages/chatMessage.ts';
import type { HostCommand } from '../../member-messages/commandMessage.ts';
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
    }
  /** Of one's own: taken back, or, while it waits, never sent. */
  | { readonly type: 'delete'; readonly id: string }
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
    }
  | { readonly type: 'deleted'; readonly author: TalkAuthor; readonly id: string }
  /** Of one's own messages: whether the server has taken it for the others. */
  | { readonly type: 'delivered' | 'undelivered'; readonly id: string }
  /** Messages of somebody did not come. `away`: while we were not connected. */
  | { readonly type: 'missed'; readonly away: boolean }
  | { readonly type: 'reacted'; readonly author: TalkAuthor; readonly reaction: Reaction }
  | { readonly type: 'hand'; readonly author: TalkAuthor; readonly up: boolean; readonly changedAt: number }
  | { readonly type: 'commanded'; readonly author: TalkAuthor; readonly command: HostCommand }
  | { readonly type: 'command-failed' };
