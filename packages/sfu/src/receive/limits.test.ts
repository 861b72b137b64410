import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AudioLevel } from './AudioLevel.ts';
import { KeyFrameLimiter } from './KeyFrameLimiter.ts';
import { RateLimit } from './RateLimit.ts';
import { SenderClock, StreamClock } from './StreamClock.ts';

describe('KeyFrameLimiter', () => {
  it('asks at once, at most once a second, again until the key frame is there', () => {
    const limiter = new KeyFrameLimiter();
    expect(limiter.due(0)).toBe(false);
    limiter.want();
    limiter.want();
    expect([0, 10, 999, 1000, 1500].map((now) => limiter.due(now))).toEqual([
      ...[true, false, false, true, false],
    ]);
    limiter.settle();
    expect(limiter.due(5000)).toBe(false);
    limiter.want();
    expect(limiter.due(1900)).toBe(false);
    expect(limiter.due(2000)).toBe(true);
  });

  it('never asks more than once in a second, whatever happens', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(400), fc.constantFrom('want', 'settle', 'none')), { maxLength: 200 }),
        (steps) => {
          const limiter = new KeyFrameLimiter();
          let [now, asked] = [0, Number.NEGATIVE_INFINITY];
          for (const [wait, action] of steps) {
            now += wait;
            if (action === 'want') limiter.want();
            if (action === 'settle') limiter.settle();
            if (!limiter.due(now)) continue;
            expect(now - asked).toBeGreaterThanOrEqual(1000);
            asked = now;
          }
        },
      ),
    );
  });
});

describe('RateLimit', () => {
  it('never lets more through than the burst and the rate', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 1500 })), { maxLength: 300 }),
        (packets) => {
          const limit = new RateLimit({ bitsPerSecond: 80_000, packetsPerSecond: 50, burst: 500 });
          let [now, bits, count] = [0, 0, 0];
          for (const [wait, bytes] of packets) {
            now += wait;
            if (!limit.allow(bytes, now)) continue;
            bits += bytes * 8;
            count += 1;
            expect(bits).toBeLessThanOrEqual(40_000 + 80 * now + 1);
            expect(count).toBeLessThanOrEqual(25 + 0.05 * now + 1e-6);
          }
        },
      ),
    );
  });

  it('lets an even stream below the rate through for ever', () => {
    const limit = new RateLimit({ bitsPerSecond: 80_000, packetsPerSecond: 50, burst: 500 });
    for (let now = 0; now < 60_000; now += 25) expect(limit.allow(200, now)).toBe(true);
    expect(limit.dropped).toBe(0);
  });
});

describe('AudioLevel', () => {
  it('rises with speech, holds between words, and falls to silence without packets', () => {
    const level = new AudioLevel();
    expect(level.audible(0)).toBe(false);
    for (let now = 0; now < 400; now += 20) level.onPacket(30, true, now);
    expect(level.audible(400)).toBe(true);
    expect(level.at(400)).toBeGreaterThan(90);
    for (let now = 400; now < 500; now += 20) level.onPacket(127, false, now);
    expect(level.audible(500)).toBe(true);
    expect(level.at(1100)).toBe(0);
  });

  it('does not take a click or a hum for speech', () => {
    const click = new AudioLevel();
    for (let now = 0; now < 400; now += 20) click.onPacket(now === 200 ? 10 : 100, false, now);
    expect(click.audible(400)).toBe(false);
    const hum = new AudioLevel();
    for (let now = 0; now < 2000; now += 20) hum.onPacket(50, false, now);
    expect(hum.audible(2000)).toBe(false);
    for (let now = 2000; now < 3000; now += 20) hum.onPacket(50, true, now);
    expect(hum.audible(3000)).toBe(true);
  });
});

describe('StreamClock', () => {
  it('keeps the streams of a sender exact relative to each other, however late the reports come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { minLength: 2, maxLength: 40 }), (delays) => {
        const sender = new SenderClock();
        const audio = new StreamClock(48_000, sender);
        const video = new StreamClock(90_000, sender);
        for (const [index, delay] of delays.entries()) {
          const ntp = 1000 + index * 1000;
          const clock = index % 2 === 0 ? audio : video;
          const rate = index % 2 === 0 ? 48 : 90;
          clock.onSenderReport(ntp, (0xfffffff0 + ntp * rate) >>> 0, ntp + 500_000 + delay);
        }
        const at = 30_000;
        const difference =
          audio.captureTime((0xfffffff0 + at * 48) >>> 0) - video.captureTime((0xfffffff0 + at * 90) >>> 0);
        expect(Math.abs(difference)).toBeLessThan(0.1);
        expect(video.timestampAt(video.captureTime(4711))).toBe(4711);
      }),
    );
  });

  it('takes the report that travelled fastest, follows drift, and starts anew when the clock was set', () => {
    const sender = new SenderClock();
    sender.observe(1000, 501_020);
    sender.observe(2000, 502_300);
    expect(sender.toLocal(0)).toBeCloseTo(500_020.256, 3);
    sender.observe(3000, 503_000);
    expect(sender.toLocal(0)).toBe(500_000);
    sender.observe(90_000, 504_000);
    expect(sender.toLocal(0)).toBe(414_000);
  });

  it('knows nothing before the first report', () => {
    const clock = new StreamClock(90_000, new SenderClock());
    expect(clock.captureTime(5)).toBeNaN();
    expect(clock.timestampAt(5)).toBeNaN();
  });
});
