import type { Slot } from '@conclave/protocol';
import { expect, test } from 'vitest';
import { doubtsOf } from './doubts.ts';

const slot = (mid: string, use: Slot['use'], participantId: string | null, layer: unknown = 'h') =>
  ({ mid, use, participantId, layer }) as unknown as Slot;

test('what fails on a slot is told of whom it is forwarded for, by source', () => {
  const slots = [
    slot('1', 'audio-slot', 'ada', null),
    slot('2', 'video-slot', 'ada'),
    slot('3', 'screen-slot', 'bob'),
    slot('4', 'video-slot', 'cy'),
  ];
  expect(doubtsOf(slots, (mid) => mid !== '4', [])).toEqual([
    { participantId: 'ada', source: 'microphone' },
    { participantId: 'ada', source: 'camera' },
    { participantId: 'bob', source: 'screen' },
  ]);
});

test('a slot that is nobody’s, or where nothing is forwarded yet, accuses nobody', () => {
  const slots = [slot('1', 'screen-slot', null), slot('2', 'video-slot', 'ada', null)];
  expect(doubtsOf(slots, () => true, [])).toEqual([]);
});

test('what fails on a direct path is told too', () => {
  const doubt = { participantId: 'ada', source: 'camera' } as const;
  expect(doubtsOf([], () => false, [doubt])).toEqual([doubt]);
});
