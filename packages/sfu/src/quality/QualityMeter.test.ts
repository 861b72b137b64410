import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QualityMeter, type QualitySample } from './QualityMeter.ts';

const GOOD: QualitySample = { lossUp: 0, lossDown: 0, roundTripTime: 40, reduced: 0, starved: 0 };
const share = fc.double({ min: 0, max: 1, noNaN: true });
const sample: fc.Arbitrary<QualitySample> = fc.record({
  lossUp: share,
  lossDown: share,
  roundTripTime: fc.option(fc.integer({ min: 0, max: 2_000 })),
  reduced: share,
  starved: share,
});

function after(seconds: number, sample: QualitySample, meter = new QualityMeter()) {
  for (let second = 0; second < seconds; second++) meter.update(sample);
  return meter.quality;
}

describe('QualityMeter', () => {
  it('is good until something is known', () => {
    expect(new QualityMeter().quality).toEqual({ up: 'good', down: 'good' });
    expect(after(10, { ...GOOD, roundTripTime: null })).toEqual({ up: 'good', down: 'good' });
  });

  it('tells the directions apart', () => {
    expect(after(3, { ...GOOD, lossUp: 0.2 })).toEqual({ up: 'poor', down: 'good' });
    expect(after(3, { ...GOOD, lossDown: 0.05 })).toEqual({ up: 'good', down: 'fair' });
    expect(after(3, { ...GOOD, starved: 0.1 })).toEqual({ up: 'good', down: 'fair' });
    expect(after(3, { ...GOOD, roundTripTime: 900 })).toEqual({ up: 'poor', down: 'poor' });
  });

  it('takes no notice of a single bad second', () => {
    const meter = new QualityMeter();
    for (let second = 0; second < 20; second++)
      expect(meter.update(second % 2 === 0 ? { ...GOOD, lossUp: 1 } : GOOD)).toBe(false);
  });

  it('is as good as the connection once that has not changed for some seconds, from wherever it was', () => {
    fc.assert(
      fc.property(fc.array(sample), sample, (before, then) => {
        const meter = new QualityMeter();
        for (const each of before) meter.update(each);
        expect(after(4, then, meter)).toEqual(after(4, then));
      }),
    );
  });

  it('says a change exactly when there is one', () => {
    fc.assert(
      fc.property(fc.array(sample), (samples) => {
        const meter = new QualityMeter();
        for (const each of samples) {
          const before = meter.quality;
          expect(meter.update(each)).toBe(JSON.stringify(meter.quality) !== JSON.stringify(before));
        }
      }),
    );
  });
});
