import { isIPv4, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

const IPV6_BYTES = 16;
/** ::ffff:0:0/96 (RFC 4291, section 2.5.5.2). */
const MAPPED = Buffer.from('00000000000000000000ffff', 'hex');

/**
 * What was read lately, by its text: in a small call each datagram wakes us, and to read its source anew was a fifteenth of
 * what a worker did. Nobody writes to it.
 */
const known = new Map<string, Uint8Array>();
const MOST_KNOWN = 256;

/** An address and a port, in the form in which a socket of both families has them: IPv4 addresses are mapped. */
export interface SocketAddress {
  /** 16 bytes. */
  readonly bytes: Uint8Array;
  /** The interface of a link-local address; 0 for all others. */
  readonly scope: number;
  readonly port: number;
}

/** Reads what Node tells of a datagram's source. Throws for what is no IP address. */
export function toSocketAddress(text: string, port: number): SocketAddress {
  const [address = '', zone] = text.split('%', 2);
  return { bytes: addressBytes(address), scope: zone === undefined ? 0 : scopeOf(zone), port };
}

/** Without the prefix of a mapped address, as STUN wants it: 4 or 16 bytes. */
export function unmapped({ bytes }: SocketAddress): Uint8Array {
  return MAPPED.equals(bytes.subarray(0, MAPPED.length)) ? bytes.subarray(MAPPED.length) : bytes;
}

function addressBytes(address: string): Uint8Array {
  const before = known.get(address);
  if (before !== undefined) return before;
  const bytes = parse(address);
  // Whoever forges sources could fill any memory.
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(address, bytes);
  return bytes;
}

function parse(address: string): Uint8Array {
  if (isIPv4(address)) return Buffer.concat([MAPPED, ipv4Bytes(address)]);
  if (!isIPv6(address)) throw new Error('not an IP address');
  const [head = '', tail = ''] = address.split('::');
  const [before, behind] = [groups(head), groups(tail)];
  return Buffer.concat([before, Buffer.alloc(IPV6_BYTES - before.length - behind.length), behind]);
}

/** The last group may be an IPv4 address. */
function groups(text: string): Buffer {
  if (text === '') return Buffer.alloc(0);
  return Buffer.concat(
    text.split(':').map((group) => {
      if (isIPv4(group)) return ipv4Bytes(group);
      const bytes = Buffer.alloc(2);
      bytes.writeUInt16BE(Number.parseInt(group, 16));
      return bytes;
    }),
  );
}

function ipv4Bytes(address: string): Buffer {
  return Buffer.from(address.split('.').map(Number));
}

function scopeOf(zone: string): number {
  const index = Number(zone);
  if (Number.isInteger(index)) return index;
  return networkInterfaces()[zone]?.find(({ scopeid }) => scopeid !== undefined && scopeid > 0)?.scopeid ?? 0;
}
