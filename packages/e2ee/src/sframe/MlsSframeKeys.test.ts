import { expect, test } from 'vitest';
import type { Bytes } from '../bytes.ts';
import { encodeHeader } from './header.ts';
import { MlsSframeKeys } from './MlsSframeKeys.ts';
import { kidOf, parseKid } from './mlsKid.ts';

const suite = 'AES_256_GCM_SHA512_128';
const metadata = Uint8Array.of(7);
const hello = Uint8Array.of(1, 2, 3);
const members = [0, 1, 3];

/** Every epoch has another base key, as the exporter gives it. */
const baseKeyOf = (epoch: bigint): Bytes => new Uint8Array(32).fill(Number(epoch % 251n) + 1);

async function member(ownLeaf: number, ...epochs: bigint[]): Promise<MlsSframeKeys> {
  const keys = new MlsSframeKeys(suite);
  for (const epoch of epochs) await keys.addEpoch({ epoch, baseKey: baseKeyOf(epoch), members, ownLeaf });
  keys.sendIn(epochs.at(-1) ?? 0n);
  return keys;
}

const send = async (keys: MlsSframeKeys, contextId = 0) =>
  (await keys.sender(contextId)).encrypt(hello, metadata);

test('a frame says who sent it, in which epoch and context', async () => {
  const [alice, bob] = [await member(1, 300n), await member(3, 300n)];
  const frame = await send(alice, 2);
  expect(await bob.decrypt(frame, metadata)).toEqual({
    plaintext: hello,
    epoch: 300n,
    leafIndex: 1,
    contextId: 2,
    counter: 0n,
  });
});

test('each context counts for itself, under keys of its own', async () => {
  const [alice, bob] = [await member(1, 1n), await member(3, 1n)];
  const frames = [await send(alice, 0), await send(alice, 1), await send(alice, 0), await send(alice, 1)];
  const counters: [number, bigint][] = [];
  for (const frame of frames) {
    const { contextId, counter } = await bob.decrypt(frame, metadata);
    counters.push([contextId, counter]);
  }
  expect(counters).toEqual([
    [0, 0n],
    [1, 0n],
    [0, 1n],
    [1, 1n],
  ]);
  expect(await alice.sender(1)).toBe(await alice.sender(1));
  await expect(alice.sender(4)).rejects.toMatchObject({ code: 'invalid-kid' });
});

test('the first frames of a source may be sent at the same time', async () => {
  const [alice, bob] = [await member(1, 1n), await member(3, 1n)];
  const frames = await Promise.all([send(alice), send(alice), send(alice)]);
  const opened = await Promise.all(frames.map((frame) => bob.decrypt(frame, metadata)));
  expect(opened.map(({ counter }) => counter)).toEqual([0n, 1n, 2n]);
});

test('epochs overlap: the old one is received until it is dropped, the new one before it is sent in', async () => {
  const [alice, bob] = [await member(1, 5n), await member(3, 5n, 6n)];
  const old = await send(alice);
  const oldToo = await send(alice);
  await alice.addEpoch({ epoch: 6n, baseKey: baseKeyOf(6n), members, ownLeaf: 1 });
  expect(parseKid((await alice.sender(0)).kid).epochBits).toBe(5);
  alice.sendIn(6n);
  expect((await bob.decrypt(await send(alice), metadata)).epoch).toBe(6n);
  expect((await bob.decrypt(old, metadata)).epoch).toBe(5n);
  bob.dropEpoch(5n);
  await expect(bob.decrypt(oldToo, metadata)).rejects.toMatchObject({ code: 'unknown-key' });
  bob.dropEpoch(5n);
  expect(() => alice.sendIn(5n)).toThrow(expect.objectContaining({ code: 'stale-epoch' }));
});

test('what is being decrypted when its epoch is dropped is refused', async () => {
  const [alice, bob] = [await member(1, 5n), await member(3, 5n)];
  const [first, second] = [await send(alice), await send(alice)];
  const coldKey = bob.decrypt(first, metadata);
  bob.dropEpoch(5n);
  await expect(coldKey).rejects.toMatchObject({ code: 'key-dropped' });
  const carol = await member(0, 5n);
  await carol.decrypt(first, metadata);
  const warmKey = carol.decrypt(second, metadata);
  carol.close();
  await expect(warmKey).rejects.toMatchObject({ code: 'key-dropped' });
});

test('an epoch whose low bits come again pushes the old one out', async () => {
  const [alice, bob] = [await member(1, 5n), await member(3, 5n)];
  const old = await send(alice);
  await bob.addEpoch({ epoch: 261n, baseKey: baseKeyOf(261n), members, ownLeaf: 3 });
  await expect(bob.decrypt(old, metadata)).rejects.toMatchObject({ code: 'unauthentic' });
  await expect(bob.sender(0)).rejects.toMatchObject({ code: 'unknown-key' });
});

test('no epoch is taken in twice, so that no counter begins again', async () => {
  const alice = await member(1, 5n);
  const again = { epoch: 5n, baseKey: baseKeyOf(5n), members, ownLeaf: 1 };
  await expect(alice.addEpoch(again)).rejects.toMatchObject({ code: 'stale-epoch' });
  alice.dropEpoch(5n);
  await expect(alice.addEpoch(again)).rejects.toMatchObject({ code: 'stale-epoch' });
  await expect(alice.addEpoch({ ...again, epoch: 4n })).rejects.toMatchObject({ code: 'stale-epoch' });
});

test('only members are heard, and nobody hears themselves', async () => {
  const bob = await member(3, 5n);
  // Leaf 2 is blank: every member could derive its key.
  const blank = await member(2, 5n);
  await expect(bob.decrypt(await send(blank), metadata)).rejects.toMatchObject({ code: 'unknown-sender' });
  await expect(bob.decrypt(await send(bob), metadata)).rejects.toMatchObject({ code: 'unknown-sender' });
});

test('a frame under another sender’s, context’s or epoch’s key id is refused', async () => {
  const [alice, bob] = [await member(1, 5n), await member(3, 5n, 6n)];
  const frame = await send(alice);
  const body = frame.subarray(encodeHeader((await alice.sender(0)).kid, 0n).length);
  const under = (epoch: bigint, leafIndex: number, contextId: number) =>
    Uint8Array.of(...encodeHeader(kidOf({ epoch, leafIndex, contextId }), 0n), ...body);
  for (const forged of [under(5n, 0, 0), under(5n, 1, 1), under(6n, 1, 0)])
    await expect(bob.decrypt(forged, metadata)).rejects.toMatchObject({ code: 'unauthentic' });
  await expect(bob.decrypt(under(5n, 1, 4), metadata)).rejects.toMatchObject({ code: 'unknown-sender' });
  await expect(bob.decrypt(under(9n, 1, 0), metadata)).rejects.toMatchObject({ code: 'unknown-key' });
  expect((await bob.decrypt(under(5n, 1, 0), metadata)).plaintext).toEqual(hello);
});

test('nothing is sent before an epoch is sent in, nor after all is closed', async () => {
  const keys = new MlsSframeKeys(suite);
  await expect(keys.sender(0)).rejects.toMatchObject({ code: 'unknown-key' });
  const alice = await member(1, 5n);
  const sender = await alice.sender(0);
  alice.close();
  await expect(alice.sender(0)).rejects.toMatchObject({ code: 'unknown-key' });
  await expect(sender.encrypt(hello, metadata)).rejects.toMatchObject({ code: 'key-dropped' });
});

test('the caller may wipe the base key at once; one of the wrong length is not taken', async () => {
  const [alice, bob] = [new MlsSframeKeys(suite), await member(3, 5n)];
  const baseKey = baseKeyOf(5n);
  const added = alice.addEpoch({ epoch: 5n, baseKey, members, ownLeaf: 1 });
  baseKey.fill(0);
  await added;
  alice.sendIn(5n);
  expect((await bob.decrypt(await send(alice), metadata)).plaintext).toEqual(hello);
  const short = { epoch: 6n, baseKey: new Uint8Array(16), members, ownLeaf: 1 };
  await expect(alice.addEpoch(short)).rejects.toMatchObject({ code: 'invalid-key' });
  expect(() => alice.sendIn(6n)).toThrow(expect.objectContaining({ code: 'unknown-key' }));
});
