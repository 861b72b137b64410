import type { MessageKind } from '../member-messages/memberMessage.ts';
import type { MeetingGroup } from '../mls/index.ts';
import type { ReceivedMessage } from './Membership.ts';

/** Something that members do together by messages of one kind. */
export interface Feature {
  readonly kind: MessageKind;
  /** A member's message, proved to be theirs. What makes no sense is dropped. */
  receive(message: ReceivedMessage): void;
  /** The group is in another epoch, or we are in another group. */
  enter?(group: MeetingGroup): void;
  /** More is known of who is in the present epoch. */
  introduced?(group: MeetingGroup): void;
  /** We are in no group any more, for now or for good. */
  leave?(): void;
}
