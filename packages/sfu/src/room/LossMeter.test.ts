import { describe, expect, it } from 'vitest';
import type { ReportBlock } from '../rtcp/reportBlock.ts';
import { LossMeter } from './LossMeter.ts';

const block = (ssrc: number, highestSequence: number, cumulativeLost: number): ReportBlock => ({
  ssrc,
  highestSequence,
  cumulativeLost,
  fractionLost: 255,
  jitter: 0,
  lastSenderReport: 0,
  delaySinceLastSenderReport: 0,
});

describe('loss towards a receiver', () => {
  it('is counted over all slots, and only once there is enough', () => {
    const meter = new LossMeter();
    expect(meter.onReport(block(1, 0xffff_fff0, 0), 0)).toBeNull();
    expect(meter.onReport(block(2, 5_000, 10), 0)).toBeNull();
    expect(meter.onReport(block(1, 4, 5), 1_000)).toBeNull();
    expect(meter.onReport(block(2, 5_060, 10), 2_500)).toBeNull();
    expect(meter.onReport(block(1, 24, 5), 3_000)).toBeCloseTo(5 / 100);
    expect(meter.onReport(block(1, 44, 5), 3_500)).toBeNull();
  });
});
