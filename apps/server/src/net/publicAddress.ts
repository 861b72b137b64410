import { BlockList, isIP, isIPv6 } from 'node:net';

/** What is not reached over the Internet, from IANA's registries of special-purpose addresses (RFC 6890 and later). */
const special = new BlockList();
for (const network of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
]) {
  const [address = '', prefix] = network.split('/');
  special.addSubnet(address, Number(prefix), 'ipv4');
}
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
const special6 = new BlockList();
// Teredo, ORCHID, documentation, 6to4: inside 2000::/3, and yet no host of the Internet, or one that is IPv4 in disguise.
for (const network of ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']) {
  const [address = '', prefix] = network.split('/');
  special6.addSubnet(address, Number(prefix), 'ipv6');
}

/** Whether an address belongs to the public Internet. False for what is no address. */
export function isPublicAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  if (isIP(mapped) === 0) return false;
  if (!isIPv6(mapped)) return !special.check(mapped, 'ipv4');
  return global6.check(mapped, 'ipv6') && !special6.check(mapped, 'ipv6');
}
