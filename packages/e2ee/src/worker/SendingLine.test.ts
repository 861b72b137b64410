import { expect, test } from 'vitest';
import { FrameOpener } from '../envelope/FrameOpener.ts';
import { detach } from '../source-authentication/attachment.ts';
import { pictureFrame, soundFrame } from './testing/FakeTransformer.ts';
import { members, sending } from './testing/people.ts';

const clock = { now: 1_000 };

test('without a key nothing passes, and the first picture that does is to be a key frame', async () => {
  const [olivia] = await members(1);
  const { transformer, at } = sending(null, 'camera', clock);
  expect(await transformer.put(pictureFrame('key', [1, 2, 3]))).toBeNull();
  expect(await transformer.put(pictureFrame('delta', [1, 2, 3]))).toBeNull();
  expect(transformer.keyFramesMade).toBe(0);
  at.person = olivia ?? null;
  expect(await transformer.put(pictureFrame('delta', [1, 2, 3]))).not.toBeNull();
  expect(transformer.keyFramesMade).toBe(1);
  expect(await transformer.put(pictureFrame('delta', [1, 2, 3]))).not.toBeNull();
  expect(transformer.keyFramesMade).toBe(1);
});

test('what passes is encrypted, and the others have it as it was', async () => {
  const [olivia, bob] = await members(2);
  if (olivia === undefined || bob === undefined) throw new Error('nobody');
  const { transformer } = sending(olivia, 'microphone', clock);
  const sent = await transformer.put(soundFrame([9, 8, 7, 6]));
  const bytes = new Uint8Array(sent?.data ?? new ArrayBuffer(0));
  expect(bytes.join()).not.toContain('9,8,7,6');
  const opened = await new FrameOpener(bob.epochs.keys).open({ codec: 'opus', data: bytes });
  expect(opened).toMatchObject({ source: 'microphone', leafIndex: olivia.group.ownLeaf });
  expect(detach(opened.data)).toEqual({ frame: Uint8Array.of(9, 8, 7, 6), list: null });
});

test('a frame of an unknown codec, of no type, of another kind than its source, or of nothing goes nowhere', async () => {
  const [olivia] = await members(1);
  const camera = sending(olivia ?? null, 'camera', clock).transformer;
  expect(await camera.put(pictureFrame('key', [1], { mimeType: 'video/H265' }))).toBeNull();
  expect(await camera.put(soundFrame([1]))).toBeNull();
  expect(await camera.put(pictureFrame('empty', []))).toBeNull();
  const { type: _, ...untyped } = pictureFrame('key', [1]);
  expect(await camera.put(untyped)).toBeNull();
  const microphone = sending(olivia ?? null, 'microphone', clock).transformer;
  expect(await microphone.put(pictureFrame('key', [1]))).toBeNull();
  expect(
    await microphone.put({ data: new ArrayBuffer(3), getMetadata: () => ({ payloadType: 96 }) }),
  ).toBeNull();
  expect(
    await microphone.put({ data: new ArrayBuffer(3), getMetadata: () => ({ payloadType: 111 }) }),
  ).not.toBeNull();
});

test('when the group is closed nothing passes any more', async () => {
  const [olivia] = await members(1);
  const { transformer } = sending(olivia ?? null, 'microphone', clock);
  expect(await transformer.put(soundFrame([1]))).not.toBeNull();
  olivia?.epochs.close();
  expect(await transformer.put(soundFrame([1]))).toBeNull();
});

test('each layer carries a list of its own every half second, which names its frames', async () => {
  const [olivia, bob] = await members(2);
  if (olivia === undefined || bob === undefined) throw new Error('nobody');
  const time = { now: 0 };
  const { transformer } = sending(olivia, 'camera', time);
  const opener = new FrameOpener(bob.epochs.keys);
  const lists = new Map<number, number>();
  for (let index = 0; index < 200; index++) {
    time.now = Math.floor(index / 2) * 33;
    const ssrc = index % 2;
    const sent = await transformer.put(pictureFrame('delta', [index], { ssrc }));
    if (sent === null) throw new Error('dropped');
    const { data, epoch, leafIndex } = await opener.open({ codec: 'VP8', data: new Uint8Array(sent.data) });
    const list = detach(data)?.list ?? null;
    if (list === null) continue;
    lists.set(ssrc, (lists.get(ssrc) ?? 0) + 1);
    const facts = await bob.epochs.check(list, { epoch, leafIndex, contextId: 1 });
    expect(facts?.length).toBeGreaterThan(10);
    expect(facts?.every(({ counter }) => Number(counter) % 2 === ssrc)).toBe(true);
    // It says nothing of another source, and nobody else can have signed it.
    expect(await bob.epochs.check(list, { epoch, leafIndex, contextId: 2 })).toBeNull();
    const other = { epoch, leafIndex: bob.group.ownLeaf, contextId: 1 };
    expect(await bob.epochs.check(list, other)).toBeNull();
  }
  expect(lists).toEqual(
    new Map([
      [0, 6],
      [1, 6],
    ]),
  );
});
