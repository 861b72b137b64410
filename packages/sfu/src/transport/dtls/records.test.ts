import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readableLength, splitRecords } from './records.ts';

const HEADER = 13;

function record(length: number, fill = 0xab): Buffer {
  const bytes = Buffer.alloc(HEADER + length, fill);
  bytes.writeUInt16BE(length, 11);
  return bytes;
}

/** Lengths of the records that a datagram consists of; null when it does not consist of whole ones. */
function recordsOf(datagram: Buffer): number[] | null {
  const lengths: number[] = [];
  let at = 0;
  while (at < datagram.length) {
    if (at + HEADER > datagram.length) return null;
    const length = HEADER + datagram.readUInt16BE(at + 11);
    lengths.push(length);
    at += length;
  }
  return at === datagram.length ? lengths : null;
}

const records = fc.array(
  fc
    .tuple(
      fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 1_500 })),
      fc.integer({ min: 0, max: 255 }),
    )
    .map(([length, fill]) => record(length, fill)),
  { maxLength: 20 },
);

test('records come out whole, all of them, in order, as many in a datagram as fit', () => {
  fc.assert(
    fc.property(records, fc.integer({ min: HEADER, max: 1_500 }), (all, most) => {
      const input = Buffer.concat(all);
      const datagrams = splitRecords(input, most);
      expect(Buffer.concat(datagrams).equals(input)).toBe(true);
      const lengths = datagrams.map(recordsOf);
      for (const [number, inside] of lengths.entries()) {
        expect(inside).not.toBeNull();
        const length = datagrams[number]?.length ?? 0;
        expect(length).toBeGreaterThan(0);
        if (length > most) expect(inside).toHaveLength(1);
        const next = lengths[number + 1]?.[0];
        if (next !== undefined) expect(length + next).toBeGreaterThan(most);
      }
    }),
    { numRuns: 500 },
  );
});

test('of nothing no datagram is made', () => {
  expect(splitRecords(Buffer.alloc(0), 1_200)).toEqual([]);
});

test('a record that is longer than a datagram goes alone', () => {
  const all = [record(10), record(2_000), record(20), record(30)];
  expect(splitRecords(Buffer.concat(all), 1_200).map((each) => each.length)).toEqual([23, 2_013, 33 + 43]);
});

test('records that fill a datagram to the last byte share it', () => {
  const all = [record(87), record(87), record(0)];
  expect(splitRecords(Buffer.concat(all), 200).map((each) => each.length)).toEqual([200, 13]);
});

test('bytes that are no records neither throw nor become more', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 0, max: 400 }), (bytes, most) => {
      const input = Buffer.from(bytes);
      const joined = Buffer.concat(splitRecords(input, most));
      expect(input.subarray(0, joined.length).equals(joined)).toBe(true);
    }),
  );
});

test('what comes is read up to the first record that is not whole, and never beyond its length', () => {
  fc.assert(
    fc.property(records, fc.nat(), fc.uint8Array({ maxLength: 40 }), (all, cut, behind) => {
      const whole = Buffer.concat(all.map((each) => plain(each)));
      const length = cut % (whole.length + 1);
      let expected = 0;
      for (const each of all)
        if (expected + each.length <= length) expected += each.length;
        else break;
      // What is behind the length is of another datagram.
      const memory = Buffer.concat([whole, behind]);
      expect(readableLength(memory, length)).toBe(expected);
      expect(readableLength(whole.subarray(0, length), length)).toBe(expected);
    }),
    { numRuns: 500 },
  );
});

test('a record that is encrypted has at least what encryption adds; one that is shorter ends the reading', () => {
  const encrypted = (length: number): Buffer => {
    const bytes = plain(record(length));
    bytes.writeUInt16BE(1, 3);
    return bytes;
  };
  const before = plain(record(3));
  for (let length = 0; length < 24; length++) {
    const datagram = Buffer.concat([before, encrypted(length), plain(record(50))]);
    expect(readableLength(datagram, datagram.length)).toBe(before.length);
  }
  for (const length of [24, 26, 300]) {
    const datagram = Buffer.concat([before, encrypted(length), plain(record(50))]);
    expect(readableLength(datagram, datagram.length)).toBe(datagram.length);
  }
});

/** Of epoch zero. */
function plain(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt16BE(0, 3);
  return copy;
}
