import type { LeaveReason, ServerMessage } from '@conclave/protocol';
import { isModerator } from '../policy/openTo.ts';
import { maySee } from '../policy/webinar.ts';
import type { Room } from '../rooms/Room.ts';
import { type Member, toParticipant } from '../rooms/roomState.ts';
import { type Outboxes, type Written, write } from './Outboxes.ts';

/** What has become of somebody: they have come, are otherwise than before, or have gone. */
export type Change =
  | { readonly before: null; readonly after: Member }
  | { readonly before: Member; readonly after: Member }
  | { readonly before: Member; readonly after: null; readonly reason: LeaveReason };

/**
 * Tells of somebody, to each as far as they see them: whoever comes into sight has joined for them, and whoever goes out of it
 * has left. Whom the change itself makes a host or co-host, or no longer one, is told of the audience, or that it has gone.
 */
export function tellOf(room: Room, outboxes: Outboxes, change: Change): void {
  const { before, after } = change;
  const subject = after ?? before;
  const joined = once(() => after && { type: 'participant-joined', participant: toParticipant(after) });
  const changed = once(() => after && { type: 'participant-changed', participant: toParticipant(after) });
  // Two tabs of one co-host come on stage in one decision: whoever hears of the one is not to know of them already.
  const appears = after?.stage === 'on' && before?.stage !== 'on';
  const reason = change.after === null ? change.reason : 'left';
  const left = once(() => ({ type: 'participant-left', participantId: subject.id, reason }));
  for (const viewer of room.state.members.values()) {
    if (viewer.id === subject.id && before === null) continue;
    const saw = before !== null && maySee(viewer, before);
    const sees = after !== null && maySee(viewer, after);
    if (!saw && !sees) continue;
    const written = !sees ? left() : saw && !appears ? changed() : joined();
    if (written !== null) outboxes.find(viewer.id)?.sendWritten(written);
  }
  if (before !== null && after !== null) showAudience(room, outboxes, before, after);
}

function showAudience(room: Room, outboxes: Outboxes, before: Member, after: Member): void {
  if (isModerator(before.role) === isModerator(after.role)) return;
  for (const other of room.state.members.values()) {
    if (maySee(before, other) === maySee(after, other)) continue;
    outboxes
      .find(after.id)
      ?.send(
        maySee(after, other)
          ? { type: 'participant-joined', participant: toParticipant(other) }
          : { type: 'participant-left', participantId: other.id, reason: 'left' },
      );
  }
}

/** Written when it is first needed, and once for all. */
function once(make: () => ServerMessage | null): () => Written | null {
  let written: Written | null | undefined;
  return () => {
    if (written === undefined) {
      const message = make();
      written = message === null ? null : write(message);
    }
    return written;
  };
}
