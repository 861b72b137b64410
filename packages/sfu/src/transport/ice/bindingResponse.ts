import { crc32 } from 'node:zlib';
import { integrityOf, MAGIC_COOKIE, MESSAGE_INTEGRITY, STUN_HEADER } from './bindingRequest.ts';

const SUCCESS = 0x0101;
const ERROR = 0x0111;
const ERROR_CODE = 0x0009;
const XOR_MAPPED_ADDRESS = 0x0020;
const FINGERPRINT = 0x8028;
const FINGERPRINT_XOR = 0x5354_554e;
const INTEGRITY_BYTES = 24;
const FINGERPRINT_BYTES = 8;
const IPV4 = 0x01;
const IPV6 = 0x02;

/** Where a check came from: 4 or 16 bytes of address, in network order. */
export interface MappedAddress {
  readonly address: Uint8Array;
  readonly port: number;
}

/** The answer to a check (RFC 8445, section 7.3.1.2): where it came from, signed with our password. */
export function writeBindingSuccess(transactionId: Buffer, mapped: MappedAddress, password: string): Buffer {
  const { address, port } = mapped;
  const value = Buffer.alloc(4 + address.length);
  value[1] = address.length === 4 ? IPV4 : IPV6;
  value.writeUInt16BE(port ^ (MAGIC_COOKIE >>> 16), 2);
  // RFC 8489, section 14.2: the address is combined with the cookie, an IPv6 one with the transaction too.
  const mask = Buffer.concat([cookie(), transactionId]);
  for (let at = 0; at < address.length; at++) value[4 + at] = (address[at] ?? 0) ^ (mask[at] ?? 0);
  return sealed(SUCCESS, transactionId, XOR_MAPPED_ADDRESS, value, password);
}

/** 487: we are an ICE-lite agent, always the controlled one; the other end has to be the controlling one (RFC 8445, section 7.3.1.1). */
export function writeRoleConflict(transactionId: Buffer, password: string): Buffer {
  return sealed(ERROR, transactionId, ERROR_CODE, Buffer.from([0, 0, 4, 87]), password);
}

/** A message of one attribute, with integrity and fingerprint (RFC 8489, sections 14.5 and 14.7). */
function sealed(
  type: number,
  transactionId: Buffer,
  attribute: number,
  value: Buffer,
  password: string,
): Buffer {
  const integrityAt = STUN_HEADER + 4 + value.length;
  const fingerprintAt = integrityAt + INTEGRITY_BYTES;
  const message = Buffer.alloc(fingerprintAt + FINGERPRINT_BYTES);
  message.writeUInt16BE(type, 0);
  message.writeUInt16BE(message.length - STUN_HEADER, 2);
  message.set(cookie(), 4);
  message.set(transactionId, 8);
  message.writeUInt16BE(attribute, STUN_HEADER);
  message.writeUInt16BE(value.length, STUN_HEADER + 2);
  message.set(value, STUN_HEADER + 4);
  message.writeUInt16BE(MESSAGE_INTEGRITY, integrityAt);
  message.writeUInt16BE(INTEGRITY_BYTES - 4, integrityAt + 2);
  message.set(integrityOf(message, integrityAt, password), integrityAt + 4);
  message.writeUInt16BE(FINGERPRINT, fingerprintAt);
  message.writeUInt16BE(FINGERPRINT_BYTES - 4, fingerprintAt + 2);
  message.writeUInt32BE(
    (crc32(message.subarray(0, fingerprintAt)) ^ FINGERPRINT_XOR) >>> 0,
    fingerprintAt + 4,
  );
  return message;
}

function cookie(): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(MAGIC_COOKIE);
  return bytes;
}
