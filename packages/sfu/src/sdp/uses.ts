import type { LineUse } from '../control/media.ts';

interface Use {
  readonly kind: 'audio' | 'video';
  /** As the client sees it. */
  readonly direction: 'sendonly' | 'recvonly';
  /** The most lines of this use in one offer. */
  readonly most: number;
}

/** What each declared use of a line means in SDP. */
export const USES: Readonly<Record<LineUse, Use>> = {
  microphone: { kind: 'audio', direction: 'sendonly', most: 1 },
  camera: { kind: 'video', direction: 'sendonly', most: 1 },
  screen: { kind: 'video', direction: 'sendonly', most: 1 },
  'screen-audio': { kind: 'audio', direction: 'sendonly', most: 1 },
  'audio-slot': { kind: 'audio', direction: 'recvonly', most: 8 },
  'video-slot': { kind: 'video', direction: 'recvonly', most: 25 },
  'screen-slot': { kind: 'video', direction: 'recvonly', most: 1 },
  'screen-audio-slot': { kind: 'audio', direction: 'recvonly', most: 1 },
};
