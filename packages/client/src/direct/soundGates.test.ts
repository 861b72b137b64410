import { NO_SOURCES, type Participant, ParticipantId, type Slot } from '@conclave/protocol';
import { expect, test } from 'vitest';
import { soundGates } from './soundGates.ts';

const bob = ParticipantId.parse('bob'.padEnd(16, '0'));
const carol = ParticipantId.parse('carol'.padEnd(16, '0'));
const track = (id: string) => ({ id }) as MediaStreamTrack;
const tracks = new Map(['4', '5', '6', 'microphone', 'screen-audio'].map((id) => [id, track(id)]));
const trackOf = (id: string) => tracks.get(id) ?? null;
const slots: readonly Slot[] = [
  { mid: '4', use: 'audio-slot', participantId: bob, layer: null },
  { mid: '5', use: 'audio-slot', participantId: carol, layer: null },
  { mid: '6', use: 'screen-audio-slot', participantId: bob, layer: null },
  { mid: '7', use: 'video-slot', participantId: bob, layer: 'q' },
];
const direct = { trackOf };

function open(sources: Partial<Participant['sources']> | null): string[] {
  const shown =
    sources === null ? undefined : ({ id: bob, sources: { ...NO_SOURCES, ...sources } } as Participant);
  return soundGates(slots, shown, trackOf, direct)
    .filter(([, isOpen]) => isOpen)
    .map(([{ id }]) => id);
}

test('each sound is heard from one path, and others are heard as ever', () => {
  expect(open(null)).toEqual(['4', '5', '6']);
  expect(open({ microphone: true, screenAudio: true })).toEqual(['5', 'microphone', 'screen-audio']);
});

test('what the server says to be off is not heard, whatever arrives', () => {
  expect(open({ microphone: false, screenAudio: true })).toEqual(['5', 'screen-audio']);
});

test('every track that arrives is decided on', () => {
  expect(soundGates(slots, undefined, trackOf, direct)).toHaveLength(5);
  expect(soundGates(slots, undefined, trackOf, null)).toHaveLength(3);
});
