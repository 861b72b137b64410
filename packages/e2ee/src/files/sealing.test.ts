import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from '../base64url.ts';
import { type Bytes, concat } from '../bytes.ts';
import { FileCipher } from './FileCipher.ts';
import type { FileOffer } from './fileMessage.ts';
import { CHUNK_BYTES, FileSizes, PART_BYTES } from './fileSizes.ts';
import { IncomingFile } from './IncomingFile.ts';
import { OutgoingFile } from './OutgoingFile.ts';

const id = 'AAECAwQFBgcICQoLDA0ODw';
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function content(size: number): Bytes {
  return Uint8Array.from({ length: size }, (_, index) => (index * 31 + (index >> 8)) & 0xff);
}

async function sealAll(file: Blob): Promise<{ parts: Bytes[]; offer: FileOffer }> {
  const outgoing = await OutgoingFile.create({ id, file, name: 'a.bin', mediaType: 'application/x-a' });
  const parts: Bytes[] = [];
  for (let part = 0; part < outgoing.sizes.parts; part++) parts.push(await outgoing.sealPart(part));
  return { parts, offer: await outgoing.offer() };
}

async function openAll(offer: FileOffer, parts: readonly Bytes[]): Promise<Bytes> {
  const incoming = new IncomingFile(offer);
  for (const [part, sealed] of parts.entries()) await incoming.openPart(part, sealed);
  return new Uint8Array(await (await incoming.finish()).arrayBuffer());
}

const sizes = [
  0,
  1,
  CHUNK_BYTES - 1,
  CHUNK_BYTES,
  CHUNK_BYTES + 1,
  4 * CHUNK_BYTES,
  4 * CHUNK_BYTES + 1,
  700_000,
];

describe('a file', () => {
  it.each(sizes)('of %i bytes comes out as it went in', async (size) => {
    const plain = content(size);
    const { parts, offer } = await sealAll(new Blob([plain]));
    expect(parts.reduce((sum, part) => sum + part.length, 0)).toBe(new FileSizes(size).sealedBytes);
    expect(hex(await openAll(offer, parts))).toBe(hex(plain));
  });

  it('is encrypted as it was in the first version', async () => {
    const cipher = await FileCipher.create(fromBase64Url(id), new Uint8Array(32).fill(7));
    const plain = new TextEncoder().encode('Conclave');
    // By two other implementations: nonce 00000000000000 00000003 00, data "Conclave file chunk v1" and the id.
    expect(hex(await cipher.seal(3, false, plain))).toBe('ee67abeee9ebf2e0f2b9fb3d15af803aa8552e3719f0f7c4');
    expect(hex(await cipher.seal(0, true, new Uint8Array(0)))).toBe('e6cefbf75fb3021d808599160b1dc3bd');
  });

  it('may come in any order, and parts of it again', async () => {
    const plain = content(2 * PART_BYTES + 5);
    const { parts, offer } = await sealAll(new Blob([plain]));
    const incoming = new IncomingFile(offer);
    for (const part of [2, 0, 1, 0]) await incoming.openPart(part, parts[part] ?? new Uint8Array());
    expect((await incoming.finish()).size).toBe(plain.length);
  });

  it('is not handed out while a part is missing', async () => {
    const { parts, offer } = await sealAll(new Blob([content(PART_BYTES + 5)]));
    const incoming = new IncomingFile(offer);
    await incoming.openPart(0, parts[0] ?? new Uint8Array());
    await expect(incoming.finish()).rejects.toMatchObject({ code: 'file.incomplete' });
  });

  it('gives the same bytes each time, and nothing once it has changed', async () => {
    const original = new Blob([content(1_000)]);
    let current = original;
    const file = new Proxy(original, {
      get: (_, key) =>
        key === 'size' ? original.size : (from: number, to: number) => current.slice(from, to),
    });
    const outgoing = await OutgoingFile.create({ id, file, name: 'a', mediaType: 'a/b' });
    const sealed = await outgoing.sealPart(0);
    expect(hex(await outgoing.sealPart(0))).toBe(hex(sealed));
    current = new Blob([content(1_001).slice(1)]);
    await expect(outgoing.sealPart(0)).rejects.toMatchObject({ code: 'file.changed' });
    current = new Blob([content(999)]);
    await expect(outgoing.sealPart(0)).rejects.toMatchObject({ code: 'file.changed' });
  });

  it('has another key each time', async () => {
    const file = new Blob([content(10)]);
    const [one, other] = [await sealAll(file), await sealAll(file)];
    expect(hex(one.offer.key)).not.toBe(hex(other.offer.key));
    expect(hex(one.parts[0] ?? new Uint8Array())).not.toBe(hex(other.parts[0] ?? new Uint8Array()));
  });
});

describe('what is not the file that was offered', () => {
  const refuses = async (offer: FileOffer, parts: readonly Bytes[]) =>
    await expect(openAll(offer, parts)).rejects.toMatchObject({ code: 'file.damaged' });

  it('is refused wherever a bit differs', async () => {
    const { parts, offer } = await sealAll(new Blob([content(3_000)]));
    const [part = new Uint8Array()] = parts;
    await fc.assert(
      fc.asyncProperty(fc.nat(part.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = part.slice();
        changed[at] = (changed[at] ?? 0) ^ flip;
        await refuses(offer, [changed]);
      }),
      { numRuns: 60 },
    );
  });

  it('is refused with chunks swapped, cut off, added or of another file', async () => {
    const { parts, offer } = await sealAll(new Blob([content(3 * CHUNK_BYTES)]));
    const [part = new Uint8Array()] = parts;
    const chunk = (index: number) => part.slice(index * (CHUNK_BYTES + 16), (index + 1) * (CHUNK_BYTES + 16));
    await refuses(offer, [concat(chunk(1), chunk(0), chunk(2))]);
    // Who shortens what the offer says too: the last one is none that ends a file.
    await refuses({ ...offer, size: 2 * CHUNK_BYTES }, [concat(chunk(0), chunk(1))]);
    await refuses({ ...offer, size: 4 * CHUNK_BYTES }, [concat(chunk(0), chunk(1), chunk(2), chunk(2))]);
    await refuses({ ...offer, id: 'AAECAwQFBgcICQoLDA0OEA' }, parts);
    await refuses({ ...offer, key: new Uint8Array(32) }, parts);
    await refuses(offer, [part.slice(1)]);
  });

  it('is refused when whoever knows the key has made other content', async () => {
    const { offer } = await sealAll(new Blob([content(100)]));
    const cipher = await FileCipher.create(fromBase64Url(id), offer.key);
    await refuses(offer, [await cipher.seal(0, true, content(101).slice(1))]);
  });

  it('is refused by the cipher itself as another chunk, as the last one or not, and of another file', async () => {
    const key = new Uint8Array(32).fill(1);
    const cipher = await FileCipher.create(fromBase64Url(id), key);
    const sealed = await cipher.seal(1, false, content(10));
    expect(hex(await cipher.open(1, false, sealed))).toBe(hex(content(10)));
    const other = await FileCipher.create(fromBase64Url('AAECAwQFBgcICQoLDA0OEA'), key);
    for (const open of [
      () => cipher.open(0, false, sealed),
      () => cipher.open(1, true, sealed),
      () => cipher.open(2 ** 24 + 1, false, sealed),
      () => other.open(1, false, sealed),
    ])
      await expect(open()).rejects.toMatchObject({ code: 'file.damaged' });
  });

  it('is refused where there is no such part', async () => {
    const { parts, offer } = await sealAll(new Blob([content(100)]));
    const [part = new Uint8Array()] = parts;
    for (const number of [1, -1, 0.5, Number.NaN])
      await expect(new IncomingFile(offer).openPart(number, part)).rejects.toMatchObject({
        code: 'file.damaged',
      });
  });
});

it('parts cover a file whole, whatever its size', () => {
  fc.assert(
    fc.property(fc.nat(5_000_000), (size) => {
      const cut = new FileSizes(size);
      let plain = 0;
      let sealed = 0;
      for (let part = 0; part < cut.parts; part++) {
        for (const chunk of cut.chunksOf(part)) {
          const [from, to] = cut.plainRange(chunk);
          expect(from).toBe(plain);
          plain = to;
        }
        expect(cut.sealedRange(cut.chunksOf(part).at(-1) ?? 0)[1]).toBe(cut.sealedBytesOf(part));
        sealed += cut.sealedBytesOf(part);
      }
      expect([plain, sealed]).toEqual([size, cut.sealedBytes]);
      expect(cut.isFinal(cut.chunks - 1)).toBe(true);
    }),
    { numRuns: 300 },
  );
  expect(toBase64Url(fromBase64Url(id))).toBe(id);
});
