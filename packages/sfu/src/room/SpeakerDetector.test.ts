import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AudioLevel } from '../receive/AudioLevel.ts';
import { SpeakerDetector } from './SpeakerDetector.ts';

/** Lets people be as loud as given (−dBov) from `from` to `to`, with an update each 100 ms; returns the lists on change. */
function talk(
  detector: SpeakerDetector,
  levels: ReadonlyMap<AudioLevel, number>,
  from: number,
  to: number,
): string[][] {
  const changes: string[][] = [];
  for (let now = from; now < to; now += 20) {
    for (const [level, loudness] of levels) level.onPacket(loudness, loudness < 60, now);
    if (now % 100 === 0 && detector.update(now)) changes.push([...detector.speakers]);
  }
  return changes;
}

describe('SpeakerDetector', () => {
  it('names nobody in silence and somebody within 300 ms of the first word', () => {
    const detector = new SpeakerDetector();
    const anna = detector.join('anna');
    expect(talk(detector, new Map([[anna, 110]]), 0, 2000)).toEqual([]);
    expect(talk(detector, new Map([[anna, 30]]), 2000, 2300)).toEqual([['anna']]);
  });

  it('keeps a speaker over a pause between words, and drops one who is done', () => {
    const detector = new SpeakerDetector();
    const anna = detector.join('anna');
    talk(detector, new Map([[anna, 30]]), 0, 1000);
    expect(talk(detector, new Map([[anna, 120]]), 1000, 1800)).toEqual([]);
    expect(talk(detector, new Map([[anna, 30]]), 1800, 2000)).toEqual([]);
    expect(talk(detector, new Map([[anna, 120]]), 2000, 5000)).toEqual([[]]);
    expect(detector.recent).toEqual(['anna']);
  });

  it('does not change its mind between two who are about equally loud', () => {
    const detector = new SpeakerDetector();
    const [anna, ben] = [detector.join('anna'), detector.join('ben')];
    talk(detector, new Map([[anna, 30]]), 0, 1000);
    const changes: string[][] = [];
    for (let turn = 0; turn < 10; turn++) {
      const levels = new Map([
        [anna, turn % 2 === 0 ? 30 : 33],
        [ben, turn % 2 === 0 ? 33 : 30],
      ]);
      changes.push(...talk(detector, levels, 1000 + turn * 400, 1400 + turn * 400));
    }
    expect(changes).toEqual([['anna', 'ben']]);
  });

  it('lets somebody clearly louder take over', () => {
    const detector = new SpeakerDetector();
    const [anna, ben] = [detector.join('anna'), detector.join('ben')];
    talk(detector, new Map([[anna, 50]]), 0, 1500);
    const both = new Map([
      [anna, 50],
      [ben, 25],
    ]);
    expect(talk(detector, both, 1500, 2500).at(-1)).toEqual(['ben', 'anna']);
  });

  it('forgets whoever leaves at the next update', () => {
    const detector = new SpeakerDetector();
    const anna = detector.join('anna');
    talk(detector, new Map([[anna, 30]]), 0, 1000);
    detector.leave('anna');
    expect(detector.update(1000)).toBe(true);
    expect([detector.speakers, detector.recent]).toEqual([[], []]);
  });

  it('names at most eight however many talk, nobody twice', () => {
    const step = fc.tuple(fc.nat(19), fc.integer({ min: 0, max: 127 }), fc.nat(60));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const detector = new SpeakerDetector();
        const levels = Array.from({ length: 20 }, (_, index) => detector.join(`p${index}`));
        let now = 0;
        for (const [index, loudness, wait] of steps) {
          now += wait;
          levels[index]?.onPacket(loudness, true, now);
          const before = [...detector.speakers];
          const changed = detector.update(now);
          expect(changed).toBe(before.join() !== detector.speakers.join());
          expect(new Set(detector.speakers).size).toBe(detector.speakers.length);
          expect(detector.speakers.length).toBeLessThanOrEqual(8);
          expect(detector.recent.slice(0, detector.speakers.length)).toEqual(detector.speakers);
        }
      }),
    );
  });
});
