import type { ConnectionQuality, ConnectionState } from '../meeting/types.ts';
import type { TestCallResult } from './types.ts';

/** What is quieter has the sound of a microphone that is on and hears nobody: about −50 dBFS. */
const silence = 0.15;
const worstLast: readonly ConnectionQuality[] = ['unknown', 'good', 'fair', 'poor', 'lost'];

/** What was seen and heard of a test call. */
export interface Noticed {
  /** Whether the microphone was on. */
  readonly spoke: boolean;
  /** 0 to 1; null where nothing could be played. */
  readonly loudest: number | null;
  /** Null without a camera. */
  readonly seen: boolean | null;
}

/** @param speaking the end that sends @param hearing the end that receives */
export function resultOf(
  speaking: ConnectionState,
  hearing: ConnectionState,
  { spoke, loudest, seen }: Noticed,
): TestCallResult {
  const qualities = [speaking.quality, hearing.quality];
  return {
    path: speaking.path ?? hearing.path,
    quality: worstLast.findLast((quality) => qualities.includes(quality)) ?? 'unknown',
    roundTripMs: larger(speaking.roundTripMs, hearing.roundTripMs),
    loss: larger(speaking.loss, hearing.loss),
    sound: spoke ? soundOf(loudest) : 'off',
    picture: seen === null ? 'off' : seen ? 'seen' : 'missing',
  };
}

function soundOf(loudest: number | null): TestCallResult['sound'] {
  if (loudest === null) return 'unplayable';
  return loudest > silence ? 'heard' : 'silent';
}

function larger(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}
