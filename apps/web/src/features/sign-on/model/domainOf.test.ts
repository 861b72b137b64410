import { expect, test } from 'vitest';
import { domainOf } from './domainOf.ts';

test.each([
  ['ada@example.org', 'example.org'],
  ['Ada@Example.ORG ', 'example.org'],
  ['"a@b"@example.org', 'example.org'],
  ['ada@example', null],
  ['ada@', null],
  ['@example.org', null],
  ['ada', null],
  ['', null],
  ['ada@exa mple.org', null],
])('%j', (email, domain) => {
  expect(domainOf(email)).toBe(domain);
});
