import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SequenceMap } from './SequenceMap.ts';

const sequence = fc.integer({ min: 0, max: 0xffff });

describe('SequenceMap', () => {
  it('gives one number to each packet, leaves lost ones open and closes skipped ones, whatever the order', () => {
    const fates = fc.array(
      fc.record({
        fate: fc.oneof(
          { weight: 6, arbitrary: fc.constant('sent' as const) },
          { weight: 1, arbitrary: fc.constant('lost' as const) },
          { weight: 1, arbitrary: fc.constant('padding' as const) },
          { weight: 1, arbitrary: fc.constant('late' as const) },
        ),
        delay: fc.integer({ min: 1, max: 10 }),
      }),
      { maxLength: 120 },
    );
    fc.assert(
      fc.property(sequence, sequence, fates, (first, source, packets) => {
        const map = new SequenceMap(first);
        expect(map.begin(source)).toBe(first);
        // Numbers as they ought to be: padding takes none. Late ones come `delay` places later.
        const due = new Map<number, { index: number; expected: number }[]>();
        let expected = first;
        for (const [offset, { fate, delay }] of packets.entries()) {
          const index = offset + 1;
          if (fate !== 'padding') expected += 1;
          const late = { index, expected: expected & 0xffff };
          if (fate === 'late') due.set(index + delay, [...(due.get(index + delay) ?? []), late]);
          if (fate === 'padding') map.skip((source + index) & 0xffff);
          if (fate === 'sent') expect(map.map((source + index) & 0xffff)).toBe(expected & 0xffff);
          // One that is late and still the newest is in order for the map: it is not sent after something newer.
          for (const item of due.get(index) ?? []) {
            const newest = packets.slice(item.index, index).every((packet) => packet.fate !== 'sent');
            if (!newest) expect(map.map((source + item.index) & 0xffff)).toBe(item.expected);
          }
        }
      }),
    );
  });

  it('goes on without a gap over a switch and has no number for what came before it', () => {
    fc.assert(
      fc.property(sequence, fc.array(fc.tuple(sequence, fc.integer({ min: 0, max: 40 }))), (first, runs) => {
        const map = new SequenceMap(first);
        let next = first;
        for (const [start, length] of runs) {
          expect(map.begin(start)).toBe(next & 0xffff);
          next += 1;
          expect(map.map((start - 1) & 0xffff)).toBe(-1);
          expect(map.map(start)).toBe(-1);
          for (let step = 1; step <= length; step++) {
            expect(map.map((start + step) & 0xffff)).toBe(next & 0xffff);
            next += 1;
          }
        }
      }),
    );
  });

  it('moves a source that jumps or restarts up behind one missing number', () => {
    const map = new SequenceMap(100);
    map.begin(5000);
    expect(map.map(20_000)).toBe(102);
    expect(map.map(20_001)).toBe(103);
    expect(map.map(7)).toBe(-1);
    expect(map.map(20_002)).toBe(104);
    expect(map.map(7)).toBe(-1);
    expect(map.map(8)).toBe(106);
    expect(map.map(9)).toBe(107);
  });

  it('has no number for padding that comes twice, and forgets the padding of a former source', () => {
    const map = new SequenceMap(0);
    map.begin(10);
    map.skip(12);
    expect(map.map(13)).toBe(2);
    expect(map.map(12)).toBe(-1);
    expect(map.map(11)).toBe(1);
    for (const padding of [14, 15, 16]) map.skip(padding);
    expect(map.begin(1)).toBe(3);
    expect(map.map(3)).toBe(5);
    expect(map.map(2)).toBe(4);
  });

  it('does not give one number twice when more was skipped than it remembers', () => {
    const map = new SequenceMap(0);
    map.begin(0);
    for (let sequence = 2; sequence < 600; sequence++) map.skip(sequence);
    expect(map.map(1)).toBe(-1);
  });
});
