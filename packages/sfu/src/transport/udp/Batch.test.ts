import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PACKET_BYTES } from '../native/PacketMemory.ts';
import { Batch } from './Batch.ts';

const MOST = 10;
/** Few different lengths, so that many follow each other. */
const length = fc.oneof(
  fc.constantFrom(1, 100, 1_199, 1_200, PACKET_BYTES),
  fc.integer({ min: 1, max: PACKET_BYTES }),
);

/** As the system cuts it. */
function cut(batch: Batch): Buffer[] {
  const datagrams: Buffer[] = [];
  for (let at = 0; at < batch.length; at += batch.segment)
    datagrams.push(Buffer.from(batch.from(at).subarray(0, Math.min(batch.segment, batch.length - at))));
  return datagrams;
}

test('what it takes comes out as it went in when it is cut at every segment', () => {
  fc.assert(
    fc.property(fc.array(length, { maxLength: 60 }), (lengths) => {
      const batch = new Batch();
      const added: Buffer[] = [];
      const memory = Buffer.alloc(PACKET_BYTES);
      for (const [index, each] of lengths.entries()) {
        memory.fill(index + 1);
        if (!batch.takes(each)) {
          const before = Buffer.from(batch.bytes);
          expect(() => batch.add(memory, each)).toThrow(RangeError);
          expect(before.equals(batch.bytes)).toBe(true);
          expect(cut(batch)).toEqual(added);
          batch.clear();
          added.length = 0;
          expect(batch).toMatchObject({ count: 0, length: 0, segment: 0 });
        }
        expect(batch.takes(each)).toBe(true);
        batch.add(memory, each);
        added.push(Buffer.from(memory.subarray(0, each)));
        expect(batch.count).toBe(added.length);
        expect(batch.count).toBeLessThanOrEqual(MOST);
        expect(cut(batch)).toEqual(added);
      }
    }),
  );
});

test('takes as many of one length as go into a batch, and one that is shorter as the last', () => {
  const batch = new Batch();
  const memory = Buffer.alloc(PACKET_BYTES);
  for (let count = 0; count < MOST; count++) batch.add(memory, 1_000);
  expect([batch.takes(1_000), batch.takes(1)]).toEqual([false, false]);
  batch.clear();
  batch.add(memory, 1_000);
  batch.add(memory, 999);
  expect([batch.takes(999), batch.takes(1)]).toEqual([false, false]);
  expect(batch).toMatchObject({ count: 2, segment: 1_000, length: 1_999 });
});

test('takes none that is longer than those before it, nor longer than a packet may be', () => {
  const batch = new Batch();
  const memory = Buffer.alloc(PACKET_BYTES + 1);
  expect(() => batch.add(memory, PACKET_BYTES + 1)).toThrow(RangeError);
  expect(batch.count).toBe(0);
  batch.add(memory, 1_000);
  expect(batch.takes(1_001)).toBe(false);
});
