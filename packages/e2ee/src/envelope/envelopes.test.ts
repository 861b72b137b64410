import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bytes, concat } from '../bytes.ts';
import { ENVELOPES } from './envelopes.ts';
import type { Codec, FrameType, VideoCodec } from './frame.ts';

const bytes = (...values: number[]): Bytes => Uint8Array.from(values);
/** Among them many that are full of zeros, ones and threes. */
const arbitraryBytes = fc
  .oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.array(fc.constantFrom(0, 0, 0, 1, 2, 3, 0x65, 0x80), { maxLength: 200 }),
  )
  .map((values): Bytes => Uint8Array.from(values));
const codecs = Object.keys(ENVELOPES) as Codec[];
const video = codecs.filter((codec): codec is VideoCodec => codec !== 'opus');
const arbitraryType = (codec: Codec): fc.Arbitrary<FrameType> =>
  codec === 'opus' ? fc.constant(null) : fc.constantFrom('key', 'delta');

const startsWith = (whole: Bytes, ...values: number[]) =>
  expect([...whole.subarray(0, values.length)]).toEqual(values);

describe.each(codecs)('%s', (codec) => {
  const envelope = ENVELOPES[codec];

  test('whatever frame and payload: what goes in comes out', () => {
    fc.assert(
      fc.property(arbitraryType(codec), arbitraryBytes, arbitraryBytes, (type, frame, payload) => {
        const clear = envelope.clear(type, frame);
        expect(envelope.unwrap(envelope.wrap(clear, payload))).toEqual({ type, clear, payload });
      }),
      { numRuns: 300 },
    );
  });

  test('whatever arrives: it is refused with a code, or is what would be sent', () => {
    fc.assert(
      fc.property(arbitraryType(codec), arbitraryBytes, arbitraryBytes, fc.nat(), fc.nat(255), (...input) => {
        const [type, frame, payload, at, value] = input;
        const received = envelope.wrap(envelope.clear(type, frame), payload).slice();
        if (received.length > 0) received[at % Math.min(received.length, 24)] = value;
        for (const each of [received, payload]) {
          try {
            const unwrapped = envelope.unwrap(each);
            const again = envelope.wrap(unwrapped.clear, unwrapped.payload);
            expect(envelope.unwrap(again)).toEqual(unwrapped);
          } catch (error) {
            expect(error).toMatchObject({ name: 'EnvelopeError', code: 'malformed-envelope' });
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

test.each(video)('%s: an encoder’s own frames are refused', (codec) => {
  const frames = {
    VP8: bytes(0x50, 0x42, 0x01, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01, 1, 2, 3),
    VP9: bytes(0x82, 0x49, 0x83, 0x42, 0x00, 0x27),
    AV1: bytes(0x12, 0x00, 0x0a, 0x02, 1, 2, 0x32, 0x03, 1, 2, 3),
    H264: bytes(0, 0, 0, 1, 0x65, 0xb8, 0x00, 0x04, 0x00, 0x80, 1, 2),
  };
  const unwrapped = () => ENVELOPES[codec].unwrap(frames[codec]);
  // VP9 has nothing else to tell them by: what is left is no SFrame ciphertext that anybody's key opens.
  if (codec === 'VP9') expect(unwrapped().payload).toHaveLength(5);
  else expect(unwrapped).toThrow(expect.objectContaining({ code: 'malformed-envelope' }));
});

test('Opus adds nothing', () => {
  const payload = bytes(1, 2, 3);
  expect(ENVELOPES.opus.wrap(ENVELOPES.opus.clear(null, payload), payload)).toBe(payload);
});

describe('VP8', () => {
  const { clear, wrap, unwrap } = ENVELOPES.VP8;
  const key = bytes(0x50, 0x42, 0x01, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01, 1, 2, 3);

  test('the P bit says key or delta; a key frame has its start code and its own size, and nothing more of it', () => {
    expect([...clear('key', key)]).toEqual([0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01]);
    expect([...clear('delta', bytes(0x51, 9, 9))]).toEqual([0x11]);
    expect(wrap(clear('key', key), bytes(5))).toHaveLength(11);
  });

  test('a key frame without a size is sent without one', () => {
    expect([...clear('key', bytes(1, 2)).subarray(6)]).toEqual([0, 0, 0, 0]);
  });

  test.each([
    ['nothing', bytes()],
    ['a key frame cut short', bytes(0x10, 0, 0, 0x9d, 0x01, 0x2a, 0, 0, 0)],
    ['another start code', bytes(0x10, 0, 0, 0x9d, 0x01, 0x2b, 0, 0, 0, 0, 1)],
    ['a first partition', bytes(0x10, 1, 0, 0x9d, 0x01, 0x2a, 0, 0, 0, 0, 1)],
  ])('%s is refused', (_what, received) => {
    expect(() => unwrap(received)).toThrow(expect.objectContaining({ code: 'malformed-envelope' }));
  });
});

describe('AV1', () => {
  const { clear, wrap, unwrap } = ENVELOPES.AV1;

  test('one OBU with its size: a sequence header for key frames, a frame for others', () => {
    startsWith(wrap(clear('key', bytes()), bytes(5, 6)), 0x0a, 2, 5, 6);
    startsWith(wrap(clear('delta', bytes()), new Uint8Array(300)), 0x32, 0xac, 0x02, 0);
    expect(wrap(clear('delta', bytes()), new Uint8Array(20_000))).toHaveLength(20_004);
  });

  test.each([
    ['nothing', bytes()],
    ['no size', bytes(0x32)],
    ['an OBU without a size field', bytes(0x30, 1, 2)],
    ['another OBU type', bytes(0x12, 0)],
    ['an extension', bytes(0x36, 0, 1, 9)],
    ['a second OBU', bytes(0x32, 1, 9, 0x32, 1, 9)],
    ['a size past the end', bytes(0x32, 3, 9, 9)],
    ['a size that does not end', bytes(0x32, 0x80, 0x80, 0x80, 0x80, 0x01)],
    ['a size longer than it need be', bytes(0x32, 0x81, 0x00, 9)],
  ])('%s is refused', (_what, received) => {
    expect(() => unwrap(received)).toThrow(expect.objectContaining({ code: 'malformed-envelope' }));
  });
});

describe('H264', () => {
  const { clear, wrap, unwrap } = ENVELOPES.H264;
  const sps = bytes(0x67, 0x42, 0xc0, 0x1f, 0x8c, 0x8d, 0x40);
  const pps = bytes(0x68, 0xce, 0x3c, 0x80);
  const [long, short] = [bytes(0, 0, 0, 1), bytes(0, 0, 1)];
  const idr = bytes(0x65, 0xb8, 0x00, 0x04, 0x00, 0x00, 0x11, 0xff);
  const key = concat(long, bytes(0x09, 0xf0), long, sps, long, pps, short, bytes(6, 5, 1, 0x80), short, idr);
  const refused = expect.objectContaining({ code: 'malformed-envelope' });

  test('the parameter sets of a key frame and one IDR slice; of other frames one slice', () => {
    const wrapped = wrap(clear('key', key), bytes(0xaa, 0xbb));
    expect(wrapped).toEqual(concat(long, sps, long, pps, long, bytes(0x65, 0xbf, 0xaa, 0xbb, 0x80)));
    const delta = concat(long, sps, long, bytes(0x41, 0xe0, 1));
    expect(wrap(clear('delta', delta), bytes(0xaa))).toEqual(concat(long, bytes(0x41, 0xff, 0xaa, 0x80)));
  });

  test('the slice names the picture parameter set that the encoder’s slice names', () => {
    // 1 (macroblock 0), 00111 (type 6), 00100 (set 3)
    const slice = bytes(0x65, 0b1001_1100, 0b1001_1111);
    const made = clear('key', concat(long, slice));
    // 1, 011 (type 2), 00100, ones
    expect(made).toEqual(concat(long, bytes(0x65, 0b1011_0010, 0b0111_1111)));
    expect(unwrap(wrap(made, bytes(1))).clear).toEqual(made);
  });

  test('start codes of either length and zeros around the units make no difference', () => {
    const made = clear('key', key);
    const received = concat(short, sps, bytes(0), long, pps, short, bytes(0x65, 0xbf, 0xaa, 0x80));
    expect(unwrap(received)).toEqual({ type: 'key', clear: made, payload: bytes(0xaa) });
  });

  test('no start code appears in the ciphertext, and no zero at its end', () => {
    const zeros = fc.array(fc.constantFrom(0, 0, 1, 2, 3, 4), { maxLength: 60 });
    fc.assert(
      fc.property(zeros, (payload) => {
        const prefix = clear('delta', bytes());
        const data = wrap(prefix, Uint8Array.from(payload)).subarray(prefix.length);
        expect(data.at(-1)).not.toBe(0);
        expect(Buffer.from(data).toString('hex')).not.toMatch(/^(..)*0000(00|01|02)/);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['nothing', bytes()],
    ['no start code', bytes(0x65, 0xbf, 1, 0x80)],
    ['bytes before the start code', concat(bytes(9), long, bytes(0x65, 0xbf, 1, 0x80))],
    ['a third unit', concat(long, bytes(0x41, 0xff, 1, 0x80), long, bytes(0x41, 0xff, 1, 0x80))],
    ['parameter sets alone', concat(long, sps, long, pps)],
    ['parameter sets before a delta frame', concat(long, sps, long, bytes(0x41, 0xff, 1, 0x80))],
    ['a unit of another type', concat(long, bytes(6, 5, 1, 0x80), long, bytes(0x65, 0xbf, 1, 0x80))],
    ['another nal_ref_idc', concat(long, bytes(0x45, 0xbf, 1, 0x80))],
    ['a slice of another type', concat(long, bytes(0x65, 0xff, 1, 0x80))],
    ['other bits behind the slice header', concat(long, bytes(0x41, 0xfe, 1, 0x80))],
    ['no trailing bits', concat(long, bytes(0x41, 0xff, 1))],
    ['no payload and no trailing bits', concat(long, bytes(0x41, 0xff))],
    ['emulation prevention that prevents nothing', concat(long, bytes(0x41, 0xff, 0, 0, 3, 4, 0x80))],
    ['two zeros and a two', concat(long, bytes(0x41, 0xff, 0, 0, 2, 0x80))],
    ['emulation prevention at the end', concat(long, bytes(0x41, 0xff, 0, 0, 3, 0x80))],
  ])('%s is refused', (_what, received) => {
    expect(() => unwrap(received)).toThrow(refused);
  });

  test('more parameter sets than any encoder sends are refused', () => {
    const many = Array.from({ length: 17 }, () => concat(long, pps));
    expect(() => unwrap(concat(...many, long, bytes(0x65, 0xbf, 1, 0x80)))).toThrow(refused);
  });
});
