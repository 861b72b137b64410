import { isIPv6 } from 'node:net';
import { expect, test } from 'vitest';
import { alternating, hostCandidates } from './hostCandidates.ts';

test('addresses of both families come in turn, IPv6 first, and none is lost', () => {
  expect(alternating(['192.0.2.1', '192.0.2.2', '2001:db8::1', '192.0.2.3'])).toEqual([
    '2001:db8::1',
    '192.0.2.1',
    '192.0.2.2',
    '192.0.2.3',
  ]);
  const many = Array.from({ length: 20 }, (_, index) => `2001:db8::${index + 1}`);
  expect(alternating([...many, '192.0.2.1']).indexOf('192.0.2.1')).toBe(1);
});

test('an address that is given is the only one; one that stands for all of IPv4 excludes IPv6', () => {
  expect(hostCandidates(40_000, '127.0.0.1').map(({ address, port }) => ({ address, port }))).toEqual([
    { address: '127.0.0.1', port: 40_000 },
  ]);
  expect(hostCandidates(40_000, '0.0.0.0').some(({ address }) => isIPv6(address))).toBe(false);
});

test('the sooner an address comes, the higher is its priority', () => {
  const priorities = hostCandidates(40_000, undefined).map(({ priority }) => priority);
  expect(priorities).toEqual([...priorities].sort((a, b) => b - a));
  expect(new Set(priorities).size).toBe(priorities.length);
});
