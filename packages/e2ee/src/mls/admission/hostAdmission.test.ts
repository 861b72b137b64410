import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toBase64Url } from '../../base64url.ts';
import { concat, opaque16, utf8 } from '../bytes/bytes.ts';
import { devicePublicKey, makeDeviceKey } from '../credential/deviceKey.ts';
import type { MemberIdentity } from '../credential/identity.ts';
import { isMemberName } from '../credential/memberName.ts';
import { meetingId } from '../testing/people.ts';
import { decodeAdmission } from './decodeAdmission.ts';
import { encodeAdmission, encodeAdmissionBinding } from './encodeAdmission.ts';
import { admissionLifetimeMs, type HostAdmission } from './HostAdmission.ts';
import { signAdmission } from './signAdmission.ts';
import { verifyAdmission } from './verifyAdmission.ts';

const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((value) => new Uint8Array(value));
const names = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 64 })
  .map((name) => name.normalize('NFC').trim())
  .filter(isMemberName);
const common = { participantId: bytes(12).map(toBase64Url), name: names, deviceKey: bytes(32) };
const people: fc.Arbitrary<MemberIdentity> = fc.oneof(
  fc.record({ kind: fc.constant('guest' as const), ...common }),
  fc.record({ kind: fc.constant('member' as const), accountId: fc.uuid(), ...common }),
);
const meetings = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 64 }).filter((id) => {
  const { length } = utf8(id);
  return id.isWellFormed() && length >= 1 && length <= 64;
});
const admissions: fc.Arbitrary<HostAdmission> = fc
  .record({
    meetingId: meetings,
    who: people,
    issuedAt: fc.maxSafeNat().map((time) => Math.floor(time / 2)),
    goodFor: fc.integer({ min: 1, max: admissionLifetimeMs }),
    host: fc.record({ participantId: bytes(12).map(toBase64Url), deviceKey: bytes(32) }),
    signature: bytes(64),
  })
  .map(({ goodFor, ...rest }) => ({ ...rest, notAfter: rest.issuedAt + goodFor }));

const device = await makeDeviceKey();
const host = { participantId: 'AQIDBAUGBwgJCgsM', device };
const bob: MemberIdentity = {
  kind: 'member',
  participantId: 'DAsKCQgHBgUEAwIB',
  name: 'Bob',
  accountId: '0f8fad5b-d9cb-469f-a165-70867728950e',
  deviceKey: new Uint8Array(32).fill(0xdd),
};
const issuedAt = 1_700_000_000_000;

test('an admission survives its encoding, and has one only', () => {
  fc.assert(
    fc.property(admissions, fc.nat(600), (admission, cut) => {
      const encoded = encodeAdmission(admission);
      expect(encoded.length).toBeLessThanOrEqual(511);
      expect(decodeAdmission(encoded)).toEqual(admission);
      expect(() => decodeAdmission(Uint8Array.of(...encoded, 0))).toThrow();
      expect(() => decodeAdmission(encoded.subarray(0, cut % encoded.length))).toThrow();
    }),
  );
});

test('whatever decodes encodes to the same bytes', () => {
  fc.assert(
    fc.property(admissions, fc.nat(600), fc.nat(255), (admission, at, value) => {
      const encoded = encodeAdmission(admission);
      encoded[at % encoded.length] = value;
      let decoded: HostAdmission;
      try {
        decoded = decodeAdmission(encoded);
      } catch (error) {
        expect(error).toMatchObject({ code: 'malformed' });
        return;
      }
      expect(encodeAdmission(decoded)).toEqual(encoded);
    }),
  );
});

test('the bytes are those of the description', async () => {
  const signed = await signAdmission('abc', bob, host, issuedAt);
  const hostKey = Buffer.from(await devicePublicKey(device)).toString('hex');
  const fields =
    '0001' +
    '0003616263' +
    '02' +
    '0c0b0a090807060504030201' +
    '0003426f62' +
    '0f8fad5bd9cb469fa16570867728950e' +
    'dd'.repeat(32) +
    '0000018bcfe56800' +
    '0000018bd50bc400' +
    '0102030405060708090a0b0c' +
    hostKey;
  expect(Buffer.from(signed.subarray(0, -64)).toString('hex')).toBe(fields);
  const binding = concat(opaque16(utf8('Conclave host admission v1')), signed.subarray(0, -64));
  expect(encodeAdmissionBinding(decodeAdmission(signed))).toEqual(binding);
  const isSigned = await crypto.subtle.verify('Ed25519', device.publicKey, signed.slice(-64), binding);
  expect(isSigned).toBe(true);
});

test('what a host signed says whom, and by whom', async () => {
  const verified = await verifyAdmission(await signAdmission(meetingId, bob, host, issuedAt), meetingId);
  expect(verified).toMatchObject({
    ...{ meetingId, who: bob, issuedAt, notAfter: issuedAt + admissionLifetimeMs },
    host: { participantId: host.participantId, deviceKey: await devicePublicKey(device) },
  });
});

test('no changed byte passes, nor an admission to another meeting', async () => {
  const signed = await signAdmission(meetingId, bob, host, issuedAt);
  for (let at = 0; at < signed.length; at++)
    for (const flip of [1, 0x80]) {
      const changed = signed.slice();
      changed[at] = (changed[at] ?? 0) ^ flip;
      await expect(verifyAdmission(changed, meetingId), `byte ${at}`).rejects.toMatchObject({
        code: expect.stringMatching(/^(malformed|bad_admission)$/),
      });
    }
  await expect(verifyAdmission(signed, 'another')).rejects.toMatchObject({ code: 'bad_admission' });
});

test('one that is good for longer than a day is none, whoever signs it', () => {
  const long = { meetingId, who: bob, issuedAt, notAfter: issuedAt + admissionLifetimeMs + 1 };
  const admission = {
    ...long,
    host: { ...host, deviceKey: new Uint8Array(32) },
    signature: new Uint8Array(64),
  };
  expect(() => encodeAdmission(admission)).toThrow('impossible time');
  expect(() => encodeAdmission({ ...admission, notAfter: issuedAt })).toThrow('impossible time');
});
