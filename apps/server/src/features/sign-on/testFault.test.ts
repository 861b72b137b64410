import { ConclaveError } from '@conclave/protocol';
import { errors } from 'jose';
import * as oidc from 'openid-client';
import { expect, test } from 'vitest';
import { OtherWorkspace, testFaultOf } from './testFault.ts';

const answer = (error: string) =>
  new ConclaveError('sign_on.failed', {
    cause: new oidc.ResponseBodyError('refused', {
      cause: { error, error_description: 'a text of the provider' },
      response: new Response(null, { status: 400 }),
    }),
  });

test.each([
  ['invalid_client', 'client-refused'],
  ['unauthorized_client', 'client-refused'],
  ['invalid_scope', 'scope-refused'],
  ['invalid_grant', 'code-refused'],
  ['redirect_uri_mismatch', 'redirect-uri-refused'],
  // What is in no list is not passed on.
  ['secret=hunter2', null],
  ['constructor', null],
])('the provider answers %s', (error, named) => {
  expect(testFaultOf(answer(error))).toBe(named);
});

test('in the address by which the browser comes back it says so too', () => {
  const parameters = new URLSearchParams({ error: 'unauthorized_client' });
  const cause = new oidc.AuthorizationResponseError('refused', { cause: parameters });
  expect(testFaultOf(new ConclaveError('sign_on.failed', { cause }))).toBe('client-refused');
});

test('a token of another time, or by another key', () => {
  const late = new errors.JWTExpired('late', {}, 'exp');
  const forged = new errors.JWSSignatureVerificationFailed();
  expect(testFaultOf(new ConclaveError('sign_on.failed', { cause: late }))).toBe('clock');
  expect(testFaultOf(new ConclaveError('sign_on.failed', { cause: forged }))).toBe('token-invalid');
});

test('somebody of another Workspace domain', () => {
  expect(testFaultOf(new ConclaveError('sign_on.no_account', { cause: new OtherWorkspace() }))).toBe(
    'other-workspace',
  );
});

test('nothing more is known', () => {
  expect(testFaultOf(new ConclaveError('sign_on.expired'))).toBeNull();
  expect(testFaultOf('not an error')).toBeNull();
});
