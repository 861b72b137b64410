import { isIP, SocketAddress } from 'node:net';

/**
 * What connections of one source are counted under: the IPv4 address, or the /64 that one IPv6 customer has whole.
 * @returns null when the other end is already gone.
 */
export function addressGroup(address: string | undefined): string | null {
  if (address === undefined) return null;
  const plain = address.split('%', 1)[0] ?? '';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped !== undefined) return mapped;
  if (isIP(plain) !== 6) return plain;
  const { address: canonical } = new SocketAddress({ address: plain, family: 'ipv6' });
  const [head = '', tail] = canonical.split('::');
  const groups = head === '' ? [] : head.split(':');
  const behind = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - behind.length;
  return `${[...groups, ...Array<string>(missing).fill('0'), ...behind].slice(0, 4).join(':')}::/64`;
}
