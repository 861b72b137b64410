import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';

/** Tells who is at the other end of a request, as an address. Never logged; used to limit attempts. */
export type ClientAddress = (request: IncomingMessage) => string;

/**
 * The peer's address; when that is a trusted proxy, the last address in `X-Forwarded-For` that is not one.
 * What stands further left was written by somebody whom we do not trust.
 */
export function createClientAddress(trustedProxies: readonly string[]): ClientAddress {
  const trusted = new BlockList();
  for (const entry of trustedProxies) {
    const [network = '', prefix] = entry.split('/');
    const family = isIPv6(network) ? 'ipv6' : 'ipv4';
    if (prefix === undefined) trusted.addAddress(network, family);
    else trusted.addSubnet(network, Number(prefix), family);
  }
  const isTrusted = (address: string) => trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

  return (request) => {
    let client = plain(request.socket.remoteAddress ?? '');
    if (trustedProxies.length === 0) return client;
    const forwarded = String(request.headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((entry) => plain(entry.trim()));
    while (isIP(client) !== 0 && isTrusted(client)) {
      const next = forwarded.pop();
      if (next === undefined || isIP(next) === 0) break;
      client = next;
    }
    return client;
  };
}

/** IPv4 mapped into IPv6 as IPv4: sockets that listen on both tell it so. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
