import { isIPv6 } from 'node:net';
import { lastError, native } from '../native/library.ts';
import { type SocketAddress, toSocketAddress, unmapped } from './SocketAddress.ts';

const socket = native('int', 'socket', ['int', 'int', 'int']);
const bind = native('int', 'bind', ['int', 'bytes', 'int']);
const getsockname = native('int', 'getsockname', ['int', 'bytes', 'bytes']);
const setsockopt = native('int', 'setsockopt', ['int', 'int', 'int', 'bytes', 'int']);
const fcntl = native('int', 'fcntl', ['int', 'int', 'int']);
const close = native('int', 'close', ['int']);

/** Linux's numbers, the same on x86-64 and arm64; both are little-endian. */
export const AF_INET = 2;
export const AF_INET6 = 10;
const SOCK_DGRAM_NONBLOCK_CLOEXEC = 2 | 0o4000 | 0o2000000;
const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;
const SO_SNDBUFFORCE = 32;
const SO_RCVBUFFORCE = 33;
const SO_SNDBUF = 7;
const SO_RCVBUF = 8;
const IPPROTO_IPV6 = 41;
const IPV6_V6ONLY = 26;
const F_DUPFD_CLOEXEC = 1030;
const EADDRINUSE = 98;

/** `struct sockaddr_in6` is 28 bytes, `struct sockaddr_in` 16. */
export const ADDRESS_BYTES = { [AF_INET6]: 28, [AF_INET]: 16 } as const;
export type Family = keyof typeof ADDRESS_BYTES;

/**
 * Bytes that the system may keep for us; it gives less where it is not allowed. What comes in is a burst of key frames,
 * or what a pause of ours makes wait: some 900 packets of full length. More would only be late, where we are too slow for long.
 */
const SEND_BUFFER = 4 * 1_024 * 1_024;
const RECEIVE_BUFFER = 1_024 * 1_024;

/** What the system has refused. */
class SystemError extends Error {
  readonly code: number;

  constructor(call: string, code: number) {
    super(`${call} failed with ${code}`);
    this.code = code;
  }
}

export interface LinuxSocket {
  readonly descriptor: number;
  readonly family: Family;
  readonly port: number;
}

/** A bound UDP socket, the caller's to close. Throws when the address or the port cannot be had. */
export function openSocket(port: number, bindAddress: string | undefined): LinuxSocket {
  if (bindAddress !== undefined) return bound(isIPv6(bindAddress) ? AF_INET6 : AF_INET, bindAddress, port);
  try {
    return bound(AF_INET6, '::', port);
  } catch (error) {
    // A machine without IPv6 has no such sockets at all.
    if (!(error instanceof SystemError) || error.code === EADDRINUSE) throw error;
    return bound(AF_INET, '0.0.0.0', port);
  }
}

/** Another descriptor of the same socket. */
export function duplicate(descriptor: number): number {
  const copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  if (copy < 0) throw new SystemError('fcntl', lastError());
  return copy;
}

/** Nobody else may have the port: Node allows it to others with each descriptor that it is given. */
export function keepForUs(descriptor: number): void {
  set(descriptor, SOL_SOCKET, SO_REUSEADDR, 0);
}

export function closeSocket(descriptor: number): void {
  close(descriptor);
}

/** @param native `struct sockaddr_in` or `sockaddr_in6` */
export function writeAddress(native: Buffer, family: Family, address: SocketAddress): void {
  native.fill(0);
  native.writeUInt16LE(family, 0);
  native.writeUInt16BE(address.port, 2);
  if (family === AF_INET) native.set(unmapped(address), 4);
  else {
    native.set(address.bytes, 8);
    native.writeUInt32LE(address.scope, 24);
  }
}

export function readAddress(native: Buffer, family: Family): SocketAddress {
  const port = native.readUInt16BE(2);
  if (family === AF_INET) return toSocketAddress(native.subarray(4, 8).join('.'), port);
  return { bytes: native.subarray(8, 24), scope: native.readUInt32LE(24), port };
}

function bound(family: Family, address: string, port: number): LinuxSocket {
  const descriptor = socket(family, SOCK_DGRAM_NONBLOCK_CLOEXEC, 0);
  if (descriptor < 0) throw new SystemError('socket', lastError());
  if (family === AF_INET6) set(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, 0);
  setBuffer(descriptor, SO_SNDBUFFORCE, SO_SNDBUF, SEND_BUFFER);
  setBuffer(descriptor, SO_RCVBUFFORCE, SO_RCVBUF, RECEIVE_BUFFER);
  try {
    const native = Buffer.alloc(ADDRESS_BYTES[family]);
    writeAddress(native, family, toSocketAddress(address, port));
    if (bind(descriptor, native, native.length) !== 0) throw new SystemError('bind', lastError());
    return { descriptor, family, port: port === 0 ? portOf(descriptor, native) : port };
  } catch (error) {
    close(descriptor);
    throw error;
  }
}

function portOf(descriptor: number, native: Buffer): number {
  const length = Buffer.alloc(4);
  length.writeInt32LE(native.length);
  if (getsockname(descriptor, native, length) !== 0) throw new SystemError('getsockname', lastError());
  return native.readUInt16BE(2);
}

/** The first of the options needs a privilege, and may go beyond what the system allows everybody. */
function setBuffer(descriptor: number, forced: number, allowed: number, bytes: number): void {
  if (!set(descriptor, SOL_SOCKET, forced, bytes)) set(descriptor, SOL_SOCKET, allowed, bytes);
}

function set(descriptor: number, level: number, option: number, value: number): boolean {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return setsockopt(descriptor, level, option, bytes, bytes.length) === 0;
}
