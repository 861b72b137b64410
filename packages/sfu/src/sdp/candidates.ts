import { isIPv6 } from 'node:net';
import type { HostCandidate } from '../transport/parameters.ts';

/** Host candidates for public addresses that this machine does not know of itself (1:1 NAT), most preferred first. */
export function announcedCandidates(addresses: readonly string[], port: number): HostCandidate[] {
  return addresses.map((address, index) => ({
    foundation: `a${index + 1}`,
    priority: hostPriority(65_535 - index - (isIPv6(address) ? 0 : 1_000)),
    address,
    port,
  }));
}

/** RFC 8445, section 5.1.2.1, for type preference 126 (host) and component 1. */
function hostPriority(localPreference: number): number {
  return 126 * 2 ** 24 + localPreference * 2 ** 8 + 255;
}
