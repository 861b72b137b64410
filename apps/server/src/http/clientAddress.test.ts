import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { createClientAddress } from './clientAddress.ts';

function from(remoteAddress: string, forwarded?: string): IncomingMessage {
  return {
    socket: { remoteAddress },
    headers: { 'x-forwarded-for': forwarded },
  } as unknown as IncomingMessage;
}

const direct = createClientAddress([]);
const proxied = createClientAddress(['127.0.0.0/8', '10.0.0.0/8', '2001:db8:ffff::/48']);

test.each([
  ['nobody is believed without trusted proxies', direct, from('192.0.2.1', '198.51.100.1'), '192.0.2.1'],
  ['a stranger is not believed', proxied, from('192.0.2.1', '198.51.100.1'), '192.0.2.1'],
  ['a trusted proxy is', proxied, from('127.0.0.1', '198.51.100.1'), '198.51.100.1'],
  ['what the client wrote itself is not', proxied, from('10.0.0.2', '6.6.6.6, 198.51.100.1'), '198.51.100.1'],
  ['a chain of trusted proxies is', proxied, from('10.0.0.2', '198.51.100.1, 10.9.9.9'), '198.51.100.1'],
  ['nor words that are no address', proxied, from('10.0.0.2', 'unknown'), '10.0.0.2'],
  ['a proxy that says nothing is the client', proxied, from('10.0.0.2'), '10.0.0.2'],
  ['IPv4 within IPv6 is IPv4', proxied, from('::ffff:10.0.0.2', '::ffff:198.51.100.1'), '198.51.100.1'],
  ['IPv6 networks too', proxied, from('2001:db8:ffff::1', '2001:db8::7'), '2001:db8::7'],
])('%s', (_what, clientAddress, request, address) => {
  expect(clientAddress(request)).toBe(address);
});
