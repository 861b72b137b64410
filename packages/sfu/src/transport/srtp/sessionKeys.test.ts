import { expect, test } from 'vitest';
import { type MasterKey, sessionKeys } from './sessionKeys.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex');
const ZEROS = Buffer.alloc(2);

test('a key of 128 bits gives the session keys of RFC 3711, appendix B.3', () => {
  const keys = sessionKeys(
    { key: bytes('e1f97a0d3e018be0d64fa32c06de4139'), salt: bytes('0ec675ad498afeebb6960b3aabe6') },
    'rtp',
  );
  expect(hex(keys.key)).toBe('c61e7a93744f39ee10734afe3ff7a087');
  expect(hex(keys.salt)).toBe('30cbbc08863d8c85d49db34a9ae1');
  expect(hex(keys.authentication)).toBe('cebe321f6ff7716b6fd4ab49af256a156d38baa4');
});

test('a key of 256 bits gives the session keys of RFC 6188, section 7.2', () => {
  const keys = sessionKeys(
    {
      key: bytes('f0f04914b513f2763a1b1fa130f10e29 98f6f6e43e4309d1e622a0e332b9f1b6'),
      salt: bytes('3b04803de51ee7c96423ab5b78d2'),
    },
    'rtp',
  );
  expect(hex(keys.key)).toBe('5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4');
  expect(hex(keys.salt)).toBe('fa31791685ca444a9e07c6c64e93');
  expect(hex(keys.authentication)).toBe('fd9c32d39ed5fbb5a9dc96b30818454d1313dc05');
});

test.each([16, 32])(
  'the 12 bytes of GCM’s salt are filled up with zeros, with a key of %i bytes',
  (length) => {
    const key = Buffer.from(Array.from({ length }, (_, index) => index));
    const salt = bytes('a0a1a2a3a4a5a6a7a8a9aaab');
    for (const kind of ['rtp', 'rtcp'] as const) {
      const short = sessionKeys({ key, salt }, kind);
      const long = sessionKeys({ key, salt: Buffer.concat([salt, ZEROS]) }, kind);
      expect(short.salt).toHaveLength(12);
      expect(short.key).toHaveLength(length);
      expect(hex(short.key)).toBe(hex(long.key));
      expect(hex(short.salt)).toBe(hex(long.salt).slice(0, 24));
    }
  },
);

test('no two keys of a master key are alike', () => {
  const master: MasterKey = { key: Buffer.alloc(16, 7), salt: Buffer.alloc(14, 9) };
  const all = (['rtp', 'rtcp'] as const).flatMap((kind) =>
    Object.values(sessionKeys(master, kind)).map((value: Uint8Array) => hex(value).slice(0, 24)),
  );
  expect(new Set(all).size).toBe(6);
});

test('the master key stays as it was', () => {
  const master = { key: Buffer.alloc(16, 7), salt: Buffer.alloc(12, 9) };
  sessionKeys(master, 'rtcp');
  expect(master).toEqual({ key: Buffer.alloc(16, 7), salt: Buffer.alloc(12, 9) });
});
