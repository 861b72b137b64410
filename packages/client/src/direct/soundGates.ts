import type { MediaSource, Participant, Slot } from '@conclave/protocol';

type Tracks<K> = { trackOf(key: K): MediaStreamTrack | null };

/**
 * Which sounds are to be heard: those of the one who is shown from the direct path from there, everybody else's from the
 * server. What the server says to be off is not heard, whatever arrives.
 */
export function soundGates(
  slots: readonly Slot[],
  shown: Participant | undefined,
  trackOf: (mid: string) => MediaStreamTrack | null,
  direct: Tracks<MediaSource> | null,
): readonly (readonly [MediaStreamTrack, boolean])[] {
  const gates: [MediaStreamTrack, boolean][] = [];
  const add = (track: MediaStreamTrack | null | undefined, open: boolean) => {
    if (track !== null && track !== undefined) gates.push([track, open]);
  };
  for (const { mid, use, participantId } of slots) {
    if (use === 'audio-slot' || use === 'screen-audio-slot')
      add(trackOf(mid), shown === undefined || participantId !== shown.id);
  }
  add(direct?.trackOf('microphone'), shown?.sources.microphone ?? false);
  add(direct?.trackOf('screen-audio'), shown?.sources.screenAudio ?? false);
  return gates;
}
