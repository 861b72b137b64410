import type { LineUse } from '../control/media.ts';
import type { OutgoingSlot } from './OutgoingSlot.ts';

/** The slots of one transport by what they are for. Its lines never change, so they are sorted once. */
export interface SlotsByUse {
  readonly audio: readonly OutgoingSlot[];
  readonly video: readonly OutgoingSlot[];
  readonly screen: readonly OutgoingSlot[];
  readonly screenAudio: readonly OutgoingSlot[];
}

const sorted = new WeakMap<readonly OutgoingSlot[], SlotsByUse>();

export function slotsByUse(slots: readonly OutgoingSlot[]): SlotsByUse {
  const known = sorted.get(slots);
  if (known !== undefined) return known;
  const of = (use: LineUse): OutgoingSlot[] => slots.filter((slot) => slot.use === use);
  const byUse = {
    audio: of('audio-slot'),
    video: of('video-slot'),
    screen: of('screen-slot'),
    screenAudio: of('screen-audio-slot'),
  };
  sorted.set(slots, byUse);
  return byUse;
}
