/** How much later sound may be than its picture before anything is done about it, and earlier; ms. */
const LATEST = 25;
const EARLIEST = -20;
/** What is aimed at then: sound a little late is what nature does. */
const GOAL = 5;
/** Share of the error that is taken away at once: buffers follow within seconds. */
const GAIN = 0.7;
/** Nobody waits longer for the other, ms: then a conversation suffers more than a face. */
const MOST = 300;
/** A shorter target is none: buffers are never shorter, ms. */
const LEAST = 10;

/** How a receive line plays at one moment. */
export interface Playout {
  /** When what is played now was captured, ms on the sender's clock; null where the browser does not tell. */
  readonly capturedAt: number | null;
  /** Sum of the times that all that was played has waited in the jitter buffer, s, and how much that was. */
  readonly waited: number;
  readonly played: number;
}

/** How long the jitter buffers of a person's sound and picture are told to be at least, ms; 0: as the browser likes. */
export interface BufferTargets {
  readonly sound: number;
  readonly picture: number;
}

export const noTargets: BufferTargets = { sound: 0, picture: 0 };

interface Pair {
  readonly sound: Playout;
  readonly picture: Playout;
}

/**
 * The next targets, from two readings a while apart; the present ones when there is nothing to tell. Browsers synchronise
 * only lines of one media stream, and who is in which of our lines changes all the time, so this is done here.
 */
export function nextTargets(before: Pair, now: Pair, targets: BufferTargets): BufferTargets {
  const sound = meanWait(before.sound, now.sound);
  const picture = meanWait(before.picture, now.picture);
  if (sound === null || picture === null) return targets;
  // Without capture times, both at least waited for the same network.
  const lateness = latenessByCapture(now) ?? sound - picture;
  if (lateness >= EARLIEST && lateness <= LATEST) return targets;
  const step = (lateness - GOAL) * GAIN;
  // Whoever waits for the other already does so less; else the early one begins to wait.
  if (step > 0) {
    return targets.sound > 0
      ? { ...targets, sound: limit(sound - step) }
      : { ...targets, picture: limit(picture + step) };
  }
  return targets.picture > 0
    ? { ...targets, picture: limit(picture + step) }
    : { ...targets, sound: limit(sound - step) };
}

/** Reads `inbound-rtp` of getStats (W3C webrtc-stats). */
export function readPlayout(stats: Readonly<Record<string, unknown>>): Playout {
  const captured = stats['estimatedPlayoutTimestamp'];
  return {
    capturedAt: typeof captured === 'number' && captured > 0 ? captured : null,
    waited: Number(stats['jitterBufferDelay'] ?? 0),
    played: Number(stats['jitterBufferEmittedCount'] ?? 0),
  };
}

/** By how much sound is later than its picture, ms: what is played of it was captured that much earlier. */
function latenessByCapture({ sound, picture }: Pair): number | null {
  if (sound.capturedAt === null || picture.capturedAt === null) return null;
  return picture.capturedAt - sound.capturedAt;
}

function meanWait(before: Playout, now: Playout): number | null {
  const played = now.played - before.played;
  return played > 0 && now.waited >= before.waited ? ((now.waited - before.waited) / played) * 1_000 : null;
}

function limit(target: number): number {
  return target < LEAST ? 0 : Math.min(MOST, Math.round(target));
}
