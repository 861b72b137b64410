import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LevelMeter, loudness } from './LevelMeter.ts';

/** How many contexts are open: each is a thread of the browser's. */
let open = 0;

class FakeContext {
  constructor() {
    open += 1;
  }

  createMediaStreamSource() {
    return { connect: () => {} };
  }

  async close(): Promise<void> {
    open -= 1;
  }
}

class FakeAnalyser {
  readonly fftSize = 1024;

  getFloatTimeDomainData(samples: Float32Array): void {
    samples.fill(1);
  }
}

const track = {} as MediaStreamTrack;

beforeEach(() => {
  open = 0;
  vi.useFakeTimers();
  vi.stubGlobal('AudioContext', FakeContext);
  vi.stubGlobal('AnalyserNode', FakeAnalyser);
  vi.stubGlobal('MediaStream', class {});
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('silence is 0, full scale is 1, half the decibels is the middle', () => {
  expect(loudness(new Float32Array(256))).toBe(0);
  expect(loudness(new Float32Array(256).fill(1))).toBeCloseTo(1);
  expect(loudness(new Float32Array(256).fill(10 ** (-30 / 20)))).toBeCloseTo(0.5);
});

test('measures while there is a track and somebody who listens, and not otherwise', () => {
  using meter = new LevelMeter();
  meter.measure(track);
  expect(open).toBe(0);
  const heard = vi.fn();
  const stops = [meter.level.subscribe(heard), meter.level.subscribe(heard)];
  expect(open).toBe(1);
  vi.advanceTimersByTime(50);
  expect(meter.level.get()).toBeCloseTo(1);
  expect(heard).toHaveBeenCalledTimes(2);
  stops[0]?.();
  stops[0]?.();
  expect(open).toBe(1);
  stops[1]?.();
  expect(open).toBe(0);
  expect(meter.level.get()).toBe(0);
});

test('goes from one track to the next, and stops with the last', () => {
  using meter = new LevelMeter();
  meter.level.subscribe(() => {});
  expect(open).toBe(0);
  meter.measure(track);
  meter.measure({} as MediaStreamTrack);
  expect(open).toBe(1);
  meter.measure(null);
  expect(open).toBe(0);
});
