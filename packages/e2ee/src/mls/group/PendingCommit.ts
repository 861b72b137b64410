import type { GroupChange } from './GroupMember.ts';

/** A commit that was made and not yet ordered. Its secrets stay in the group that made it. */
export interface PendingCommit {
  /** For the delivery service, to all members that stay. */
  readonly commit: Uint8Array<ArrayBuffer>;
  /** For all who are added, with the ratchet tree; null when nobody is. */
  readonly welcome: Uint8Array<ArrayBuffer> | null;
  /** The epoch it ends. */
  readonly epoch: number;
  readonly change: GroupChange;
}
