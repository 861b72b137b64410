import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameReader, frame, MAX_FRAME } from './framing.ts';

const packet = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes));

function read(reader: FrameReader, chunk: Buffer): string[] {
  const packets: string[] = [];
  expect(reader.push(chunk, (found) => packets.push(found.toString('hex')))).toBe(true);
  return packets;
}

test('packets come out as they went in, cut at every byte', () => {
  fc.assert(
    fc.property(fc.array(packet, { maxLength: 6 }), (packets) => {
      const stream = Buffer.concat(packets.map(frame));
      const expected = packets.map((each) => each.toString('hex'));
      for (let cut = 0; cut <= stream.length; cut++) {
        const reader = new FrameReader();
        const found = [stream.subarray(0, cut), stream.subarray(cut)].flatMap((part) => read(reader, part));
        expect(found).toEqual(expected);
      }
    }),
    { numRuns: 30 },
  );
});

test('packets come out as they went in, cut anywhere and as often as one likes, even byte by byte', () => {
  fc.assert(
    fc.property(
      fc.array(packet, { maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }),
      (packets, sizes) => {
        const stream = Buffer.concat(packets.map(frame));
        const reader = new FrameReader();
        const found: string[] = [];
        for (let at = 0, turn = 0; at < stream.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          found.push(...read(reader, stream.subarray(at, at + size)));
          at += size;
        }
        expect(found).toEqual(packets.map((each) => each.toString('hex')));
      },
    ),
  );
});

test('the longest packet passes; a longer one ends the stream before a byte of it is kept', () => {
  const longest = Buffer.alloc(MAX_FRAME, 1);
  expect(read(new FrameReader(), frame(longest))).toEqual([longest.toString('hex')]);
  const reader = new FrameReader();
  expect(reader.push(frame(Buffer.alloc(MAX_FRAME + 1)).subarray(0, 2), () => {})).toBe(false);
});

test('an empty packet is passed over', () => {
  expect(read(new FrameReader(), Buffer.from([0, 0, 0, 1, 7]))).toEqual(['07']);
});
