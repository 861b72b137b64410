import { expect, test } from 'vitest';
import { RequestError } from '../../../api/RequestError.ts';
import { faultOf } from './wrongField.ts';

const invalid = (field: string) => new RequestError('request.invalid', { field });

test('a field that is not as it should be says itself what it needs', () => {
  expect(faultOf(invalid('name'), 'generic')).toEqual({ field: 'name', own: true });
  expect(faultOf(invalid('clientSecret'), 'generic')).toEqual({ field: 'clientSecret', own: true });
});

test('what was typed for Microsoft is the tenant', () => {
  expect(faultOf(invalid('issuer'), 'microsoft')).toEqual({ field: 'tenant', own: true });
  expect(faultOf(invalid('issuer'), 'google')).toEqual({ field: 'issuer', own: true });
});

test('what an error’s code says better stays, and what belongs to no field stands at the end', () => {
  const taken = new RequestError('sign_on.domain_taken', { field: 'domains' });
  expect(faultOf(taken, 'generic')).toEqual({ field: 'domains', own: false });
  expect(faultOf(invalid('kind'), 'generic')).toEqual({ field: null, own: false });
  expect(faultOf(new RequestError('sign_on.provider_private'), 'generic')).toEqual({
    field: null,
    own: false,
  });
});
