import { ParticipantId, type Slot } from '@conclave/protocol';
import { expect, test } from 'vitest';
import { LipSyncWatch } from './LipSyncWatch.ts';

const [ada, bob] = ['ada', 'bob'].map((name) => ParticipantId.parse(name.padEnd(16, '0'))) as [
  ParticipantId,
  ParticipantId,
];

/** What a browser reports after so many seconds of a sound that is `early` ms earlier than its picture. */
function reportOf(seconds: number, early: number): RTCStatsReport {
  const line = (mid: string, capturedAt: number) => ({
    type: 'inbound-rtp',
    mid,
    estimatedPlayoutTimestamp: capturedAt,
    jitterBufferDelay: seconds * 5,
    jitterBufferEmittedCount: seconds * 50,
  });
  const at = 10_000 + seconds * 1_000;
  return new Map([
    ['sound', line('1', at)],
    ['picture', line('2', at - early)],
  ]) as unknown as RTCStatsReport;
}

test('a voice without a picture waits for none, whoever was in its line before', () => {
  const receivers = new Map(['1', '2'].map((mid) => [mid, { jitterBufferTarget: null as number | null }]));
  const receiverOf = (mid: string) => (receivers.get(mid) ?? null) as unknown as RTCRtpReceiver;
  const watch = new LipSyncWatch();
  const slots = (speaker: ParticipantId): Slot[] => [
    { mid: '1', use: 'audio-slot', participantId: speaker, layer: null },
    { mid: '2', use: 'video-slot', participantId: ada, layer: 'q' },
  ];
  for (const second of [1, 2]) watch.update(reportOf(second, 200), slots(ada), receiverOf);
  expect(receivers.get('1')?.jitterBufferTarget).toBeGreaterThan(100);
  watch.update(reportOf(3, 200), slots(bob), receiverOf);
  expect(receivers.get('1')?.jitterBufferTarget).toBeNull();
});
