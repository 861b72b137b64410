import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Bytes } from '../bytes.ts';
import { MlsSframeKeys } from '../sframe/MlsSframeKeys.ts';
import { EnvelopeError } from './EnvelopeError.ts';
import { ENVELOPES } from './envelopes.ts';
import { FrameOpener } from './FrameOpener.ts';
import { FrameSealer } from './FrameSealer.ts';
import type { Codec, Frame, FrameType, VideoCodec } from './frame.ts';
import { metadataOf } from './metadata.ts';

const suite = 'AES_256_GCM_SHA512_128';
const epoch = 77n;
const vp8Key = [0x50, 0x42, 0x01, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01, 1, 2, 3];
const h264Key = [
  0, 0, 0, 1, 0x67, 0x42, 0xc0, 0x1f, 0x8c, 0, 0, 0, 1, 0x68, 0xce, 0x80, 0, 0, 1, 0x65, 0xb8, 7,
];

let sealer: FrameSealer;
let opener: FrameOpener;

beforeEach(async () => {
  const [alice, bob] = [new MlsSframeKeys(suite), new MlsSframeKeys(suite)];
  const common = { epoch, baseKey: new Uint8Array(32).fill(5), members: [2, 4] };
  await alice.addEpoch({ ...common, ownLeaf: 2 });
  await bob.addEpoch({ ...common, ownLeaf: 4 });
  alice.sendIn(epoch);
  sealer = new FrameSealer(alice);
  opener = new FrameOpener(bob);
});

const frameOf = (codec: Codec, type: FrameType, data: Bytes): Frame =>
  codec === 'opus'
    ? { source: 'microphone', codec, type: null, data }
    : { source: 'camera', codec, type: type ?? 'delta', data };

const codecs = Object.keys(ENVELOPES) as Codec[];
const data = fc
  .oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.array(fc.constantFrom(0, 0, 1, 3), { maxLength: 200 }),
    fc.constantFrom(vp8Key, h264Key),
  )
  .map((values): Bytes => Uint8Array.from(values));

describe.each(codecs)('%s', (codec) => {
  test('any frame, empty ones too, comes back as it was, with its sender', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('key', 'delta'), data, async (type, bytes) => {
        const frame = frameOf(codec, type, bytes);
        const sealed = await sealer.seal(frame);
        expect(sealed.length).toBeGreaterThan(bytes.length + 16);
        expect(await opener.open({ codec, data: sealed })).toEqual({
          data: bytes,
          type: frame.type,
          source: frame.source,
          leafIndex: 2,
          epoch,
          counter: expect.any(BigInt),
          hash: expect.any(BigInt),
        });
      }),
      { numRuns: 60, examples: [['key', new Uint8Array(0)]] },
    );
  });

  test('one changed bit anywhere is refused, and the true frame is still taken', async () => {
    for (const type of codec === 'opus' ? [null] : (['key', 'delta'] as const)) {
      const bytes = Uint8Array.from(codec === 'H264' ? h264Key : vp8Key);
      const sealed = await sealer.seal(frameOf(codec, type, bytes));
      for (let bit = 0; bit < sealed.length * 8; bit++) {
        const forged = sealed.slice();
        forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const result = await opener.open({ codec, data: forged }).catch((error: unknown) => error);
        expect(result, `bit ${bit}`).toBeInstanceOf(Error);
        expect((result as { name: string }).name).toMatch(/^(SframeError|EnvelopeError)$/);
      }
      expect((await opener.open({ codec, data: sealed })).data).toEqual(bytes);
      await expect(opener.open({ codec, data: sealed })).rejects.toMatchObject({ code: 'replayed' });
    }
  });

  test('a frame from before it was encrypted is refused', async () => {
    for (const bytes of [vp8Key, h264Key, [], [0xf8, 0xff, 0xfe]])
      await expect(opener.open({ codec, data: Uint8Array.from(bytes) })).rejects.toThrow();
  });
});

test('a frame cannot be presented as one of another codec', async () => {
  const sealed = await sealer.seal(frameOf('VP9', 'key', Uint8Array.from(vp8Key)));
  const { payload } = ENVELOPES.VP9.unwrap(sealed);
  for (const codec of codecs.filter((each) => each !== 'VP9')) {
    const envelope = ENVELOPES[codec];
    const clear = envelope.clear(codec === 'opus' ? null : 'key', Uint8Array.from(vp8Key));
    await expect(opener.open({ codec, data: envelope.wrap(clear, payload) })).rejects.toMatchObject({
      code: 'unauthentic',
    });
  }
  expect((await opener.open({ codec: 'VP9', data: sealed })).type).toBe('key');
});

test.each<VideoCodec>(['VP8', 'VP9', 'AV1', 'H264'])(
  '%s: a delta frame does not pass for a key frame',
  async (codec) => {
    const bytes = Uint8Array.from(codec === 'H264' ? h264Key : vp8Key);
    const { payload } = ENVELOPES[codec].unwrap(await sealer.seal(frameOf(codec, 'delta', bytes)));
    const forged = ENVELOPES[codec].wrap(ENVELOPES[codec].clear('key', bytes), payload);
    await expect(opener.open({ codec, data: forged })).rejects.toMatchObject({ code: 'unauthentic' });
  },
);

test('other picture sizes or parameter sets in the clear are refused', async () => {
  const vp8 = await sealer.seal(frameOf('VP8', 'key', Uint8Array.from(vp8Key)));
  vp8[7] = 0x05;
  await expect(opener.open({ codec: 'VP8', data: vp8 })).rejects.toMatchObject({ code: 'unauthentic' });
  const h264 = await sealer.seal(frameOf('H264', 'key', Uint8Array.from(h264Key)));
  h264[7] = 0x20;
  await expect(opener.open({ codec: 'H264', data: h264 })).rejects.toMatchObject({ code: 'unauthentic' });
});

test('a source sends what it can: no pictures from a microphone, no sound from a camera', async () => {
  const bytes = Uint8Array.of(1);
  await expect(
    sealer.seal({ source: 'microphone', codec: 'VP8', type: 'delta', data: bytes }),
  ).rejects.toBeInstanceOf(EnvelopeError);
  await expect(
    sealer.seal({ source: 'camera', codec: 'opus', type: null, data: bytes }),
  ).rejects.toMatchObject({
    code: 'wrong-source',
  });
});

test('a member who sends sound as a camera is refused', async () => {
  const mallory = new MlsSframeKeys(suite);
  await mallory.addEpoch({ epoch, baseKey: new Uint8Array(32).fill(5), members: [2, 4], ownLeaf: 2 });
  mallory.sendIn(epoch);
  const sound = Uint8Array.of(1);
  const sender = await mallory.sender(1);
  const sealed = await sender.encrypt(sound, metadataOf('opus', null, new Uint8Array(0)));
  await expect(opener.open({ codec: 'opus', data: sealed })).rejects.toMatchObject({ code: 'wrong-source' });
});

test('camera and screen are told apart, however the server labels them', async () => {
  const frame = { codec: 'VP8', type: 'delta', data: Uint8Array.of(1) } as const;
  const camera = await sealer.seal({ ...frame, source: 'camera' });
  const screen = await sealer.seal({ ...frame, source: 'screen' });
  expect((await opener.open({ codec: 'VP8', data: screen })).source).toBe('screen');
  expect((await opener.open({ codec: 'VP8', data: camera })).source).toBe('camera');
});

test('what the envelopes add to a frame of 1,000 bytes, in bytes', async () => {
  const added = async (codec: Codec, type: FrameType) =>
    (await sealer.seal(frameOf(codec, type, new Uint8Array(1_000).fill(7)))).length - 1_000;
  // Of these 16 are the tag; the header has 3 bytes for a microphone and 4 for a camera.
  expect(await added('opus', null)).toBe(19);
  expect(await added('VP8', 'key')).toBe(30);
  expect(await added('VP8', 'delta')).toBe(21);
  expect(await added('VP9', 'delta')).toBe(21);
  expect(await added('AV1', 'delta')).toBe(23);
  expect(await added('H264', 'delta')).toBe(27);
});
