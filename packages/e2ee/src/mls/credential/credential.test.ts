import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toBase64Url } from '../../base64url.ts';
import { decodeCredential } from './decodeCredential.ts';
import { encodeCredential, encodeFields } from './encodeCredential.ts';
import type { MemberCredential } from './MemberCredential.ts';
import { isMemberName } from './memberName.ts';

const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((value) => new Uint8Array(value));
const names = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 64 })
  .map((name) => name.normalize('NFC').trim())
  .filter(isMemberName);
const everybodys = {
  participantId: bytes(12).map(toBase64Url),
  deviceKey: bytes(32),
  notAfter: fc.maxSafeNat(),
  signature: bytes(64),
  admissionTag: bytes(32),
};
const common = { ...everybodys, name: names };
const credentials: fc.Arbitrary<MemberCredential> = fc.oneof(
  fc.record({ kind: fc.constant('guest' as const), ...common }),
  fc.record({ kind: fc.constant('member' as const), accountId: fc.uuid(), ...common }),
  fc.record({ kind: fc.constant('unnamed' as const), ...everybodys }),
);

test('a credential survives its encoding, and has one only', () => {
  fc.assert(
    fc.property(credentials, fc.nat(400), (credential, cut) => {
      const encoded = encodeCredential(credential);
      expect(decodeCredential(encoded)).toEqual(credential);
      expect(() => decodeCredential(Uint8Array.of(...encoded, 0))).toThrow();
      expect(() => decodeCredential(encoded.subarray(0, cut % encoded.length))).toThrow();
    }),
  );
});

test('whatever decodes encodes to the same bytes', () => {
  fc.assert(
    fc.property(credentials, fc.nat(400), fc.nat(255), (credential, at, value) => {
      const encoded = encodeCredential(credential);
      encoded[at % encoded.length] = value;
      let decoded: MemberCredential;
      try {
        decoded = decodeCredential(encoded);
      } catch (error) {
        expect(error).toMatchObject({ code: 'malformed' });
        return;
      }
      expect(encodeCredential(decoded)).toEqual(encoded);
    }),
  );
});

test('the bytes are those of the description', () => {
  const fields = {
    kind: 'member' as const,
    participantId: 'AQIDBAUGBwgJCgsM',
    name: 'Ann',
    accountId: '0f8fad5b-d9cb-469f-a165-70867728950e',
    deviceKey: new Uint8Array(32).fill(0xdd),
    notAfter: 1_700_000_000_000,
  };
  expect(Buffer.from(encodeFields(fields)).toString('hex')).toBe(
    '000102' +
      '0102030405060708090a0b0c' +
      '0003416e6e' +
      '0f8fad5bd9cb469fa16570867728950e' +
      'dd'.repeat(32) +
      '0000018bcfe56800',
  );
});

test('of whoever is unnamed there is an id and a key, and nothing else', () => {
  const fields = {
    kind: 'unnamed' as const,
    participantId: 'AQIDBAUGBwgJCgsM',
    deviceKey: new Uint8Array(32).fill(0xdd),
    notAfter: 1_700_000_000_000,
  };
  expect(Buffer.from(encodeFields(fields)).toString('hex')).toBe(
    `0001030102030405060708090a0b0c${'dd'.repeat(32)}0000018bcfe56800`,
  );
});
