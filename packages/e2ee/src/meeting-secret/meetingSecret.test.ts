import { hkdfSync, pbkdf2Sync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64Url, toBase64Url } from '../base64url.ts';
import { deriveBreakoutSecret, deriveMeetingSecret, verifierOf } from './meetingSecret.ts';
import { formatPasscode, makePasscode, parsePasscode, randomString } from './passcode.ts';

test('a passcode stretches to what another implementation of PBKDF2-HMAC-SHA-512 gives, split in two', async () => {
  const secret = await deriveMeetingSecret('abcde-fghjk-mnpqr-stuvw', 'k7f3m9q2w4x6z8ab');
  const reference = pbkdf2Sync('k7f3m9q2w4x6z8ab', 'abcde-fghjk-mnpqr-stuvw', 210_000, 64, 'sha512');
  expect(Buffer.from(secret.proof)).toEqual(reference.subarray(0, 32));
  expect(Buffer.from(secret.psk)).toEqual(reference.subarray(32));
  expect(await verifierOf(secret)).toHaveLength(32);
});

test('another meeting or another passcode gives another secret', async () => {
  const one = await deriveMeetingSecret('abcde-fghjk-mnpqr-stuvw', 'k7f3m9q2w4x6z8ab');
  const otherMeeting = await deriveMeetingSecret('abcde-fghjk-mnpqr-stuvx', 'k7f3m9q2w4x6z8ab');
  expect(otherMeeting.proof).not.toEqual(one.proof);
});

test('a passcode survives being shown, spaced, dashed and typed in capitals', () => {
  for (let round = 0; round < 50; round++) {
    const passcode = makePasscode();
    expect(passcode).toMatch(/^[2-9a-hjkmnp-z]{16}$/);
    expect(parsePasscode(formatPasscode(passcode))).toBe(passcode);
    expect(parsePasscode(` ${formatPasscode(passcode).toUpperCase().replaceAll('-', ' – ')} `)).toBe(
      passcode,
    );
  }
  expect(parsePasscode('short')).toBeNull();
  expect(parsePasscode('k7f3m9q2w4x6z8a0')).toBeNull();
});

test('characters are equally likely: bytes that would favour some are thrown away', () => {
  let next = 0;
  const everyByte = (bytes: Uint8Array) => {
    for (let index = 0; index < bytes.length; index++) bytes[index] = next++ % 256;
  };
  const counts = new Map<string, number>();
  for (const character of randomString(248, everyByte))
    counts.set(character, (counts.get(character) ?? 0) + 1);
  expect(new Set(counts.values())).toEqual(new Set([8]));
});

test('base64url takes back what it gave', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect([...fromBase64Url(toBase64Url(bytes))]).toEqual([...bytes]);
    }),
  );
});

test('a breakout room has a secret that follows from the meeting’s, by HKDF as another implementation has it', async () => {
  const meeting = await deriveMeetingSecret('abcde-fghjk-mnpqr-stuvw', 'k7f3m9q2w4x6z8ab');
  const [one, two] = ['22222-22222-22222-22222', '33333-33333-33333-33333'] as const;
  const room = await deriveBreakoutSecret(meeting, one);
  const info = `Conclave breakout room v1 ${one}`;
  const reference = Buffer.from(hkdfSync('sha512', meeting.psk, '', info, 64));
  expect(Buffer.from(room.proof)).toEqual(reference.subarray(0, 32));
  expect(Buffer.from(room.psk)).toEqual(reference.subarray(32));
  const other = await deriveBreakoutSecret(meeting, two);
  expect(new Set([meeting, room, other].map(({ psk }) => toBase64Url(psk))).size).toBe(3);
});
