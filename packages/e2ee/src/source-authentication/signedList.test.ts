import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Bytes, concat } from '../bytes.ts';
import { attach, detach } from './attachment.ts';
import { decodeList } from './decodeList.ts';
import { encodeList } from './encodeList.ts';
import type { FrameFact } from './FrameFact.ts';
import { frameHash } from './frameHash.ts';
import { LIST_LIMITS } from './listLimits.ts';
import { type ListOrigin, readSignedList, signList, type Verify } from './signedList.ts';

const pair = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair;
const labelled = (label: string, content: Bytes) => concat(new TextEncoder().encode(`${label}\n`), content);
const sign = async (label: string, content: Bytes) =>
  new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, labelled(label, content)));
const verify: Verify = (label, content, signature) =>
  crypto.subtle.verify('Ed25519', pair.publicKey, signature, labelled(label, content));

const origin: ListOrigin = { groupId: 'group-1', leafIndex: 3, contextId: 1 };
const hash = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });

/** Of up to three epochs, some counters of each, in the order in which they are sent. */
const facts = fc
  .array(
    fc.record({ epoch: fc.bigInt({ min: 40n, max: 42n }), counter: fc.bigInt({ min: 0n, max: 300n }), hash }),
    { minLength: 1, maxLength: 150 },
  )
  .map((all) => [...new Map(all.map((fact) => [`${fact.epoch} ${fact.counter}`, fact])).values()])
  .map((all) =>
    all.sort((a, b) => (a.epoch === b.epoch ? Number(a.counter - b.counter) : Number(a.epoch - b.epoch))),
  );
const byName = (all: readonly FrameFact[]) =>
  new Map(all.map((fact) => [`${fact.epoch} ${fact.counter}`, fact.hash]));

test('a list says what was put into it, and where its signature begins', () => {
  fc.assert(
    fc.property(facts, fc.uint8Array({ maxLength: 9 }), (all, behind) => {
      const encoded = encodeList(all);
      const decoded = decodeList(concat(encoded, behind));
      expect(decoded?.length).toBe(encoded.length);
      expect(decoded?.epoch).toBe(all.at(-1)?.epoch);
      expect(byName(decoded?.facts ?? [])).toEqual(byName(all));
    }),
  );
});

test('what is cut short, or names too much, is no list', () => {
  fc.assert(
    fc.property(facts, fc.nat(), (all, cut) => {
      const encoded = encodeList(all);
      expect(decodeList(encoded.subarray(0, cut % encoded.length))).toBeNull();
    }),
  );
  const many = Array.from({ length: 900 }, (_, index) => ({ epoch: 7n, counter: BigInt(index), hash: 1n }));
  expect(decodeList(encodeList(many))?.facts).toHaveLength(LIST_LIMITS.facts);
  const overfull = encodeList(many.slice(0, 8));
  new DataView(overfull.buffer).setUint16(9 + 5, LIST_LIMITS.span + 1);
  expect(decodeList(overfull)).toBeNull();
  new DataView(overfull.buffer).setUint8(8, LIST_LIMITS.sections + 1);
  expect(decodeList(overfull)).toBeNull();
});

test('whatever comes, reading it ends with a list or with nothing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const list = decodeList(bytes);
      expect(list === null || list.facts.length <= LIST_LIMITS.facts).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

test('one epoch has one section: a list with two of them is refused', () => {
  const section = encodeList([{ epoch: 5n, counter: 1n, hash: 9n }]).subarray(9);
  const twice = concat(encodeList([{ epoch: 5n, counter: 0n, hash: 8n }]), section);
  twice[8] = 2;
  expect(decodeList(twice)).toBeNull();
});

test('a signature is of one group, leaf and source, and of every bit of the list', async () => {
  await fc.assert(
    fc.asyncProperty(facts, fc.nat(), async (all, where) => {
      const signed = await signList(all, origin, sign);
      expect(await readSignedList(signed)?.verify(origin, verify)).toBe(true);
      for (const other of [{ groupId: 'group-2' }, { leafIndex: 4 }, { contextId: 0 }])
        expect(await readSignedList(signed)?.verify({ ...origin, ...other }, verify)).toBe(false);
      const forged = signed.slice();
      const bit = where % (signed.length * 8);
      forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const read = readSignedList(forged);
      expect(read === null || !(await read.verify(origin, verify))).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('without a signature, or with more behind it than one has, it is no signed list', async () => {
  const all = [{ epoch: 1n, counter: 1n, hash: 1n }];
  const signed = await signList(all, origin, sign);
  expect(readSignedList(encodeList(all))).toBeNull();
  expect(readSignedList(signed.slice(0, -1))).toBeNull();
  expect(readSignedList(concat(signed, new Uint8Array(200)))).toBeNull();
});

test('a frame and its list come apart again, and nothing else does', () => {
  const bytes = fc.uint8Array({ maxLength: 200 }).map((values): Bytes => Uint8Array.from(values));
  fc.assert(
    fc.property(bytes, fc.option(bytes), (frame, list) => {
      expect(detach(attach(frame, list))).toEqual({ frame, list });
    }),
  );
  expect(detach(new Uint8Array(0))).toBeNull();
  expect(detach(Uint8Array.of(1, 2, 3))).toBeNull();
  expect(detach(Uint8Array.of(0, 9, 1))).toBeNull();
  expect(detach(Uint8Array.of(1))).toBeNull();
});

test('the hash is of the metadata and of the ciphertext, and of where one ends', () => {
  const [one, other] = [Uint8Array.of(1, 2), Uint8Array.of(3, 4)];
  const all = [
    frameHash(one, other),
    frameHash(other, one),
    frameHash(Uint8Array.of(1), Uint8Array.of(2, 3, 4)),
    frameHash(one, Uint8Array.of(3, 4, 0)),
  ];
  expect(new Set(all).size).toBe(all.length);
  expect(frameHash(one, other)).toBe(all[0]);
});
