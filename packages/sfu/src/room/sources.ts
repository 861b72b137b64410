import type { LineUse, SourceSet } from '../control/media.ts';

export type Source = keyof SourceSet;

export const NO_SOURCES: SourceSet = Object.freeze({
  microphone: false,
  camera: false,
  screen: false,
  screenAudio: false,
});

const SOURCE_OF: Readonly<Record<LineUse, Source | null>> = {
  microphone: 'microphone',
  camera: 'camera',
  screen: 'screen',
  'screen-audio': 'screenAudio',
  'audio-slot': null,
  'video-slot': null,
  'screen-slot': null,
  'screen-audio-slot': null,
};

/** The source whose media a line carries to us; null for a slot, on which nobody may send. */
export function sourceOf(use: LineUse): Source | null {
  return SOURCE_OF[use];
}
