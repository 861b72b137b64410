import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Bytes, concat } from '../bytes.ts';
import { CIPHER_SUITES, type CipherSuite } from './cipherSuite.ts';
import { decodeHeader } from './header.ts';
import { deriveSframeKey } from './SframeKey.ts';
import { SframeReceiveKey } from './SframeReceiveKey.ts';
import { SframeSender } from './SframeSender.ts';

const metadata = Uint8Array.of(1, 2, 3);
const kid = 0x1234n;
let base: CryptoKey;
let life = new AbortController();

beforeEach(() => {
  life = new AbortController();
});

beforeAll(async () => {
  base = await crypto.subtle.importKey('raw', new Uint8Array(32).fill(9), 'HKDF', false, ['deriveBits']);
});

const senderOf = async (suite: CipherSuite, maxFrames?: bigint) =>
  new SframeSender(await deriveSframeKey(suite, base, kid, 'encrypt'), life.signal, maxFrames);
const receiverOf = async (suite: CipherSuite) =>
  new SframeReceiveKey(await deriveSframeKey(suite, base, kid, 'decrypt'), life.signal);
const decrypt = (key: SframeReceiveKey, frame: Bytes, aad: Uint8Array = metadata) =>
  key.decrypt(decodeHeader(frame), frame, aad);

describe.each(Object.keys(CIPHER_SUITES) as CipherSuite[])('%s', (suite) => {
  test('frames of any length come back, longer by header and tag alone', async () => {
    const [sender, receiver] = [await senderOf(suite), await receiverOf(suite)];
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.uint8Array({ maxLength: 20 }),
        async (data, aad) => {
          const plaintext = Uint8Array.from(data);
          const frame = await sender.encrypt(plaintext, aad);
          const { length } = decodeHeader(frame);
          expect(frame).toHaveLength(length + plaintext.length + CIPHER_SUITES[suite].tagBytes);
          expect(await decrypt(receiver, frame, aad)).toEqual(plaintext);
        },
      ),
      { numRuns: 40, examples: [[new Uint8Array(0), new Uint8Array(0)]] },
    );
  });

  test('one changed bit anywhere, or other metadata, is refused and does not use the counter up', async () => {
    const [sender, receiver] = [await senderOf(suite), await receiverOf(suite)];
    const plaintext = Uint8Array.from({ length: 20 }, (_, index) => index);
    for (let count = 0; count < 9; count++) await sender.encrypt(plaintext, metadata);
    const frame = await sender.encrypt(plaintext, metadata);
    for (let bit = 0; bit < frame.length * 8; bit++) {
      const forged = frame.slice();
      forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      // The receiver is asked for this key whatever the header says, as by a server that swaps key ids.
      await expect(async () => decrypt(receiver, forged)).rejects.toMatchObject({ name: 'SframeError' });
    }
    await expect(decrypt(receiver, frame, Uint8Array.of(1, 2))).rejects.toMatchObject({
      code: 'unauthentic',
    });
    await expect(decrypt(receiver, frame.subarray(0, 6))).rejects.toMatchObject({ code: 'truncated' });
    expect(await decrypt(receiver, frame)).toEqual(plaintext);
  });
});

const suite = 'AES_256_GCM_SHA512_128';
const counterOf = (frame: Bytes) => decodeHeader(frame).counter;

test('counters begin at 0, follow the calls and never repeat, even where encrypting fails', async () => {
  const sender = await senderOf(suite);
  const frames = await Promise.all(Array.from({ length: 5 }, () => sender.encrypt(metadata, metadata)));
  expect(frames.map(counterOf)).toEqual([0n, 1n, 2n, 3n, 4n]);
  await expect(sender.encrypt(new Uint8Array((1 << 24) + 1), metadata)).rejects.toMatchObject({
    code: 'too-large',
  });
  expect(counterOf(await sender.encrypt(metadata, metadata))).toBe(6n);
});

test('past its limit a key encrypts nothing', async () => {
  const sender = await senderOf(suite, 2n);
  await sender.encrypt(metadata, metadata);
  await sender.encrypt(metadata, metadata);
  await expect(sender.encrypt(metadata, metadata)).rejects.toMatchObject({ code: 'counter-exhausted' });
});

test('a frame is received once, also when its copies are decrypted at the same time', async () => {
  const [sender, receiver] = [await senderOf(suite), await receiverOf(suite)];
  const frame = await sender.encrypt(metadata, metadata);
  const copies = await Promise.allSettled(Array.from({ length: 6 }, () => decrypt(receiver, frame.slice())));
  expect(copies.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const copy of copies)
    if (copy.status === 'rejected') expect(copy.reason).toMatchObject({ code: 'replayed' });
  await expect(decrypt(receiver, frame)).rejects.toMatchObject({ code: 'replayed' });
});

test('frames may come in any order within the window and not from before it', async () => {
  const [sender, receiver] = [await senderOf(suite), await receiverOf(suite)];
  const frames: Bytes[] = [];
  for (let count = 0; count < 2_060; count++) frames.push(await sender.encrypt(metadata, metadata));
  const [first, late, newest] = [frames[0], frames[100], frames.at(-1)] as [Bytes, Bytes, Bytes];
  await decrypt(receiver, newest);
  await decrypt(receiver, late);
  await expect(decrypt(receiver, first)).rejects.toMatchObject({ code: 'too-old' });
});

test('a dropped key encrypts and decrypts nothing, not even what is under way', async () => {
  const [sender, receiver] = [await senderOf(suite), await receiverOf(suite)];
  const frame = await sender.encrypt(metadata, metadata);
  const underWay = decrypt(receiver, concat(frame));
  life.abort();
  await expect(underWay).rejects.toMatchObject({ code: 'key-dropped' });
  await expect(decrypt(receiver, frame)).rejects.toMatchObject({ code: 'key-dropped' });
  await expect(sender.encrypt(metadata, metadata)).rejects.toMatchObject({ code: 'key-dropped' });
});
