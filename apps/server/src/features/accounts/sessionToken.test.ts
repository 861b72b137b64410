import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeToken } from '../../security/tokens.ts';
import { sessionTokenIn } from './sessionToken.ts';

test('finds the secret among other cookies', () => {
  const token = makeToken();
  expect(sessionTokenIn(`a=b; __Host-conclave=${token}; c=d`)).toBe(token);
  expect(sessionTokenIn(`__Host-conclave=${token}`)).toBe(token);
});

test('gives nothing, or 256 bits, and never fails', () => {
  const header = fc.array(
    fc.oneof(fc.string(), fc.constant(`__Host-conclave=${makeToken()}`), fc.constant(';')),
  );
  fc.assert(
    fc.property(header, (parts) => {
      const token = sessionTokenIn(parts.join('; '));
      if (token !== null) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    }),
  );
});

test('takes none of two, none that is cut, none of a name that other hosts could set', () => {
  const token = makeToken();
  expect(sessionTokenIn(undefined)).toBeNull();
  expect(sessionTokenIn(`__Host-conclave=${token}; __Host-conclave=${makeToken()}`)).toBeNull();
  expect(sessionTokenIn(`__Host-conclave=${token.slice(1)}`)).toBeNull();
  expect(sessionTokenIn(`conclave=${token}`)).toBeNull();
  expect(sessionTokenIn(`x__Host-conclave=${token}`)).toBeNull();
});
