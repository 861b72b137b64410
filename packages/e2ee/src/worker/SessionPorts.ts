import type { MeetingGroup } from '../mls/index.ts';
import type { MeetingMembers } from './breakout/MeetingMembers.ts';
import type { Epochs } from './Epochs.ts';
import type { ReceivedMessage } from './Membership.ts';
import type { GroupView, ServerAnswer, ServerRequest } from './messages.ts';
import type { DevicePorts } from './StayDevice.ts';

/** What a stay in a group needs, and whom it tells. */
export interface SessionPorts extends DevicePorts {
  /** Of a breakout room: who is in the meeting. Null in the meeting itself. */
  readonly meeting: MeetingMembers | null;
  /** Never rejects. */
  request(request: ServerRequest): Promise<ServerAnswer>;
  onView(view: GroupView): void;
  /** Of the group that we are in; null: of none. */
  onEpochs(epochs: Epochs | null): void;
  /** The group is in another epoch, or we are in another group. */
  onEpoch(group: MeetingGroup): void;
  /** In the same epoch more is known of who is in it. */
  onIntroduced(group: MeetingGroup): void;
  /** A member's word, proved to be theirs. */
  onMessage(received: ReceivedMessage): void;
  /** ms, monotonic. */
  now(): number;
}
