import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NackGenerator } from './NackGenerator.ts';

describe('NackGenerator', () => {
  it('asks for exactly what is missing, in order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 0xffff }),
        fc.array(fc.boolean(), { maxLength: 300 }),
        (start, arrives) => {
          const generator = new NackGenerator();
          generator.receive(start, 0);
          const expected: number[] = [];
          for (const [index, arrived] of [...arrives, true].entries()) {
            const sequence = (start + 1 + index) & 0xffff;
            if (arrived) generator.receive(sequence, 0);
            else expected.push(sequence);
          }
          expect(generator.due(5, 50)).toEqual([]);
          const asked = [...generator.due(20, 50), ...generator.due(20, 50)];
          expect(asked).toEqual(expected);
          for (const sequence of asked) generator.receive(sequence, 30);
          expect(generator.missing).toBe(0);
          expect(generator.due(1000, 50)).toEqual([]);
          expect(generator.takeKeyFrameNeed()).toBe(false);
        },
      ),
    );
  });

  it('waits a round trip before it asks again, ten times, then wants a key frame once', () => {
    const generator = new NackGenerator();
    generator.receive(1, 0);
    generator.receive(3, 0);
    const times: number[] = [];
    for (let now = 0; now < 2500; now += 5) if (generator.due(now, 100).length > 0) times.push(now);
    expect(times).toHaveLength(10);
    for (const [index, time] of times.entries())
      if (index > 0) expect(time - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(100);
    expect(generator.takeKeyFrameNeed()).toBe(true);
    expect(generator.takeKeyFrameNeed()).toBe(false);
  });

  it('gives up after two seconds of a slow path', () => {
    const generator = new NackGenerator();
    generator.receive(1, 0);
    generator.receive(3, 0);
    for (let now = 0; now <= 2020; now += 20) generator.due(now, 500);
    expect(generator.missing).toBe(0);
    expect(generator.takeKeyFrameNeed()).toBe(true);
  });

  it('forgets what a key frame made needless', () => {
    const generator = new NackGenerator();
    generator.receive(1, 0);
    generator.receive(5, 0);
    generator.receive(8, 0);
    generator.onKeyFrame(5);
    expect(generator.due(100, 10)).toEqual([6, 7]);
    generator.onKeyFrame(8);
    expect(generator.due(200, 10)).toEqual([]);
  });

  it('notes no more missing packets than twice those that came and a burst, whatever a sender leaps', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 499 }), { maxLength: 400 }), (leaps) => {
        const generator = new NackGenerator();
        let sequence = 0;
        let noted = 0;
        generator.receive(sequence, 0);
        for (const [index, leap] of leaps.entries()) {
          sequence = (sequence + leap) & 0xffff;
          const before = generator.missing;
          generator.receive(sequence, 0);
          noted += Math.max(0, generator.missing - before);
          expect(noted).toBeLessThanOrEqual(500 + 2 * (index + 1));
        }
      }),
    );
  });

  it('still asks for everything at two lost of three, for as long as it lasts', () => {
    const generator = new NackGenerator();
    let asked = 0;
    generator.receive(0, 0);
    for (let index = 1; index <= 3_000; index++) {
      const now = index * 3;
      if (index % 3 === 0) generator.receive(index, now);
      const due = generator.due(now, 50);
      asked += due.length;
      for (const sequence of due) generator.receive(sequence, now + 1);
    }
    expect(generator.takeKeyFrameNeed()).toBe(false);
    expect(asked).toBeGreaterThan(1_980);
  });

  it('holds a bounded list whatever jumps come, and wants a key frame instead', () => {
    const generator = new NackGenerator();
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 400 }), (sequences) => {
        for (const sequence of sequences) {
          generator.receive(sequence, 0);
          expect(generator.missing).toBeLessThanOrEqual(500);
        }
      }),
    );
    generator.receive(0, 0);
    generator.receive(20_000, 0);
    expect(generator.missing).toBe(0);
    expect(generator.takeKeyFrameNeed()).toBe(true);
  });
});
