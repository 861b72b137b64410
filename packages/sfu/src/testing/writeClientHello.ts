import { randomBytes } from 'node:crypto';

/** ECDHE-ECDSA-AES128-GCM-SHA256, and what OpenSSL wants to know with it (RFC 8422, RFC 5246, RFC 5764, RFC 7627). */
const SUITES = [0xc0, 0x2b];
const EXTENSIONS = [
  ...extension(10, [0, 4, 0, 29, 0, 23]),
  ...extension(11, [1, 0]),
  ...extension(13, [0, 2, 4, 3]),
  ...extension(14, [0, 4, 0, 7, 0, 1, 0]),
  ...extension(23, []),
];

/** The first datagram of a DTLS 1.2 client (RFC 6347, section 4.2): a server that hears it answers with its flight. */
export function writeClientHello(): Buffer {
  const body = Buffer.from([
    ...[0xfe, 0xfd, ...randomBytes(32)],
    // No session and no cookie.
    ...[0, 0],
    ...[0, SUITES.length, ...SUITES],
    ...[1, 0],
    ...[0, EXTENSIONS.length, ...EXTENSIONS],
  ]);
  const handshake = Buffer.from([1, 0, 0, body.length, 0, 0, 0, 0, 0, 0, 0, body.length, ...body]);
  return Buffer.from([22, 0xfe, 0xfd, ...Buffer.alloc(8), 0, handshake.length, ...handshake]);
}

function extension(type: number, data: readonly number[]): number[] {
  return [0, type, 0, data.length, ...data];
}
