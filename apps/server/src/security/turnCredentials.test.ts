import { expect, test } from 'vitest';
import { Secret } from '../secret.ts';
import { turnCredentials } from './turnCredentials.ts';

test('name and password are those of the TURN REST convention', () => {
  // printf '1433895918:p1' | openssl dgst -sha1 -hmac 'a shared secret!' -binary | base64
  expect(turnCredentials(new Secret('a shared secret!'), 'p1', 1_433_895_918_999)).toEqual({
    username: '1433895918:p1',
    credential: 'F6iDAGAHlt6K9+SE7o03Y8G69EE=',
  });
});

test('another secret, another person or another time make another password', () => {
  const of = (secret: string, id: string, at: number) =>
    turnCredentials(new Secret(secret), id, at).credential;
  const all = [of('a', 'p', 0), of('b', 'p', 0), of('a', 'q', 0), of('a', 'p', 1_000)];
  expect(new Set(all).size).toBe(all.length);
});
