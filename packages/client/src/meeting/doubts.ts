import type { MediaSource, Slot } from '@conclave/protocol';

/** What comes as somebody's, and cannot be verified: it does not open, is forged (neither is shown), or nobody has signed it. */
export interface Doubt {
  readonly participantId: string;
  readonly source: MediaSource;
}

const sources: Readonly<Partial<Record<Slot['use'], MediaSource>>> = {
  'audio-slot': 'microphone',
  'video-slot': 'camera',
  'screen-slot': 'screen',
  'screen-audio-slot': 'screen-audio',
};

/**
 * Frames that do not open prove no sender, so whose they would be is the server's word.
 * @param isDoubtful whether the frames of a slot persistently fail
 * @param direct what fails on a direct path, which has one sender
 */
export function doubtsOf(
  slots: readonly Slot[],
  isDoubtful: (mid: string) => boolean,
  direct: readonly Doubt[],
): readonly Doubt[] {
  const served = slots.flatMap(({ mid, use, participantId, layer }): Doubt[] => {
    const source = sources[use];
    if (participantId === null || source === undefined) return [];
    // Without a layer nothing is forwarded: what failed before was somebody else's.
    const isForwarded = use !== 'video-slot' || layer !== null;
    return isForwarded && isDoubtful(mid) ? [{ participantId, source }] : [];
  });
  return [...served, ...direct];
}
