import { isIPv6 } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import type { HostCandidate } from '../parameters.ts';

/** RFC 8445, section 5.1.2.1: the type preference of a host candidate, and local preferences from the first address on. */
const HOST = 126;
const FIRST = 60_000;
/** A machine with many containers has an address for each; a browser tries them all. */
const MOST = 16;

/**
 * This machine's own addresses over UDP, IPv6 and IPv4 in turn (RFC 8421, section 4). Loopback stands in
 * only where there is nothing else; link-local addresses mean nothing to others.
 * @param bindAddress the only one, unless it stands for all
 */
export function hostCandidates(port: number, bindAddress: string | undefined): HostCandidate[] {
  return addresses(bindAddress).map((address, index) => ({
    transport: 'udp',
    foundation: String(index + 1),
    priority: HOST * 2 ** 24 + (FIRST - index) * 2 ** 8 + 255,
    address,
    port,
  }));
}

function addresses(bindAddress: string | undefined): string[] {
  if (bindAddress !== undefined && !/^[0.:]+$/.test(bindAddress)) return [bindAddress];
  const onlyIpv4 = bindAddress !== undefined && !isIPv6(bindAddress);
  const all = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter((each) => !isLinkLocal(each) && !(onlyIpv4 && isIPv6(each.address)))
    .map(({ address, internal }) => ({ address, internal }));
  const outside = all.filter(({ internal }) => !internal);
  return alternating((outside.length > 0 ? outside : all).map(({ address }) => address)).slice(0, MOST);
}

/** So that neither family is lost where there are many of the other. */
export function alternating(addresses: readonly string[]): string[] {
  const [six, four] = [addresses.filter(isIPv6), addresses.filter((address) => !isIPv6(address))];
  return Array.from({ length: Math.max(six.length, four.length) }, (_, index) => [six[index], four[index]])
    .flat()
    .filter((address) => address !== undefined);
}

function isLinkLocal({ address, scopeid }: NetworkInterfaceInfo): boolean {
  return address.startsWith('169.254.') || (scopeid !== undefined && scopeid !== 0);
}
