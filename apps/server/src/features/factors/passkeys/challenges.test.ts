import { expect, test } from 'vitest';
import { Secret } from '../../../secret.ts';
import { FactorKeys } from '../../../security/factorKeys.ts';
import { makePasskeyChallenge, PASSKEY_CHALLENGE_MS, readPasskeyChallenge } from './challenges.ts';
import { relyingPartyOf } from './relyingParty.ts';

const keys = new FactorKeys(new Secret(Buffer.alloc(32, 1)));
const purpose = { kind: 'confirm', subject: 'a session' } as const;
const now = 1_000_000;

test('a challenge is good for its purpose, its subject and ten minutes', () => {
  const challenge = makePasskeyChallenge(keys, purpose, now);
  expect(challenge).not.toBe(makePasskeyChallenge(keys, purpose, now));
  const until = new Date(now + PASSKEY_CHALLENGE_MS);
  expect(readPasskeyChallenge(keys, purpose, challenge, now)).toEqual(until);
  expect(readPasskeyChallenge(keys, purpose, challenge, until.getTime() - 1)).toEqual(until);
  expect(readPasskeyChallenge(keys, purpose, challenge, until.getTime())).toBeNull();
  expect(readPasskeyChallenge(keys, { ...purpose, kind: 'add' }, challenge, now)).toBeNull();
  expect(readPasskeyChallenge(keys, { ...purpose, subject: 'other' }, challenge, now)).toBeNull();
});

test('one that was changed, or made elsewhere, is none', () => {
  const bytes = Buffer.from(makePasskeyChallenge(keys, purpose, now), 'base64url');
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(readPasskeyChallenge(keys, purpose, changed.toString('base64url'), now)).toBeNull();
  }
  const others = new FactorKeys(new Secret(Buffer.alloc(32, 2)));
  expect(readPasskeyChallenge(keys, purpose, makePasskeyChallenge(others, purpose, now), now)).toBeNull();
  for (const text of ['', 'AAAA', '???']) expect(readPasskeyChallenge(keys, purpose, text, now)).toBeNull();
});

test('passkeys are bound to the host’s name, and there are none for an address', () => {
  expect(relyingPartyOf('https://meet.example.org:8443')).toMatchObject({
    id: 'meet.example.org',
    origin: 'https://meet.example.org:8443',
  });
  expect(relyingPartyOf('http://localhost:8080')?.id).toBe('localhost');
  expect(relyingPartyOf('https://192.0.2.1')).toBeNull();
  expect(relyingPartyOf('https://[2001:db8::1]:8443')).toBeNull();
});
