import type { Slot } from '@conclave/protocol';
import { type BufferTargets, nextTargets, noTargets, type Playout, readPlayout } from './lipSync.ts';

/** A receiver whose jitter buffer can be told to be longer; an older browser's cannot. */
type Receiver = RTCRtpReceiver & { jitterBufferTarget?: number | null };

interface Known {
  readonly sound: Playout;
  readonly picture: Playout;
  readonly targets: BufferTargets;
}

/** Keeps each person's sound and picture together, whichever lines they come in. */
export class LipSyncWatch {
  /** By person and lines: in other lines everything begins anew. */
  #known = new Map<string, Known>();

  /** To be called every second or two. @param receiverOf the receiver of a line */
  update(report: RTCStatsReport, slots: readonly Slot[], receiverOf: (mid: string) => Receiver | null): void {
    const playouts = readPlayouts(report);
    const next = new Map<string, Known>();
    const alone = new Set(slots.flatMap(({ mid, use }) => (use === 'audio-slot' ? [mid] : [])));
    for (const { participantId, mid, use } of slots) {
      if (use !== 'video-slot' || participantId === null) continue;
      const other = slots.find((slot) => slot.use === 'audio-slot' && slot.participantId === participantId);
      if (other !== undefined) alone.delete(other.mid);
      const picture = playouts.get(mid);
      const sound = playouts.get(other?.mid ?? '');
      if (other === undefined || picture === undefined || sound === undefined) {
        // There is nothing to wait for.
        setTarget(receiverOf(mid), 0);
        continue;
      }
      const key = `${participantId} ${mid} ${other.mid}`;
      const before = this.#known.get(key);
      const targets = before ? nextTargets(before, { sound, picture }, before.targets) : noTargets;
      next.set(key, { sound, picture, targets });
      setTarget(receiverOf(mid), targets.picture);
      setTarget(receiverOf(other.mid), targets.sound);
    }
    // Whoever speaks in a line now has no picture that the one before them waited for.
    for (const mid of alone) setTarget(receiverOf(mid), 0);
    this.#known = next;
  }
}

function readPlayouts(report: RTCStatsReport): Map<string, Playout> {
  const playouts = new Map<string, Playout>();
  report.forEach((stats: Record<string, unknown>) => {
    if (stats['type'] === 'inbound-rtp' && typeof stats['mid'] === 'string')
      playouts.set(stats['mid'], readPlayout(stats));
  });
  return playouts;
}

function setTarget(receiver: Receiver | null, milliseconds: number): void {
  if (receiver === null || !('jitterBufferTarget' in receiver)) return;
  const target = milliseconds === 0 ? null : milliseconds;
  if (receiver.jitterBufferTarget !== target) receiver.jitterBufferTarget = target;
}
