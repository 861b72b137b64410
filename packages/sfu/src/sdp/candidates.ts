import { isIPv6 } from 'node:net';
import type { HostCandidate } from '../transport/parameters.ts';

export interface CandidateOptions {
  readonly udpPort: number;
  readonly tcpPort?: number | undefined;
  readonly announcedAddresses?: readonly string[] | undefined;
}

/** Type preferences (RFC 8445, section 5.1.2.1). For TCP the one that libwebrtc gives its own: below everything over UDP. */
const HOST_UDP = 126;
const HOST_TCP = 90;
/** Local preferences. There are at most 16 addresses, and what the system gives its own is less. */
const ANNOUNCED = 65_000;
/** RFC 6544, section 4.2: the direction preference of a passive host candidate. */
const PASSIVE = 4;

/**
 * The candidates of an answer: the announced addresses, most preferred first, or the machine's own; each over UDP,
 * and over TCP when there is a port for it.
 */
export function answerCandidates(
  { announcedAddresses, udpPort, tcpPort }: CandidateOptions,
  own: readonly HostCandidate[],
): HostCandidate[] {
  const udp = announcedAddresses?.length ? announcedCandidates(announcedAddresses, udpPort) : [...own];
  const addresses = udp.map(({ address }) => address);
  return [...udp, ...(tcpPort === undefined ? [] : tcpCandidates(addresses, tcpPort))];
}

/** UDP candidates for public addresses that this machine does not know of itself (1:1 NAT), most preferred first. */
export function announcedCandidates(addresses: readonly string[], port: number): HostCandidate[] {
  return addresses.map((address, index) => ({
    transport: 'udp',
    foundation: `a${index + 1}`,
    priority: priority(HOST_UDP, ANNOUNCED - index - (isIPv6(address) ? 0 : 1_000)),
    address,
    port,
  }));
}

/** Passive TCP candidates for the same addresses, in the same order. */
function tcpCandidates(addresses: readonly string[], port: number): HostCandidate[] {
  return addresses.map((address, index) => ({
    transport: 'tcp',
    foundation: `t${index + 1}`,
    priority: priority(HOST_TCP, PASSIVE * 2 ** 13 + 8_191 - index),
    address,
    port,
  }));
}

/** RFC 8445, section 5.1.2.1, for component 1. */
function priority(type: number, local: number): number {
  return type * 2 ** 24 + local * 2 ** 8 + 255;
}
