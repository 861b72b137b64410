import { createHmac, randomBytes } from 'node:crypto';
import { isIPv6, SocketAddress } from 'node:net';

/** STUN and TURN messages as a test's client needs them (RFC 8489, RFC 8656). */

export const METHOD = {
  binding: 0x001,
  allocate: 0x003,
  refresh: 0x004,
  send: 0x006,
  data: 0x007,
  createPermission: 0x008,
  channelBind: 0x009,
  connect: 0x00a,
} as const;
export const ATTRIBUTE = {
  username: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  channel: 0x000c,
  peer: 0x0012,
  data: 0x0013,
  realm: 0x0014,
  nonce: 0x0015,
  relayed: 0x0016,
  family: 0x0017,
  transport: 0x0019,
} as const;
const COOKIE = 0x2112_a442;

export type Attribute = readonly [type: number, value: Buffer];

export interface Message {
  readonly method: number;
  readonly kind: 'request' | 'indication' | 'success' | 'error';
  readonly id: string;
  readonly attributes: ReadonlyMap<number, Buffer>;
  /** Of an error. */
  readonly code: number | null;
}

export interface Draft {
  readonly id: Buffer;
  encode(key: Buffer | null): Buffer;
}

export function draft(
  method: number,
  kind: 'request' | 'indication',
  attributes: (id: Buffer) => readonly Attribute[],
): Draft {
  const id = randomBytes(12);
  const body = Buffer.concat(attributes(id).map(encodeAttribute));
  const head = (length: number) => {
    const bytes = Buffer.alloc(20);
    bytes.writeUInt16BE(method | (kind === 'indication' ? 0x10 : 0), 0);
    bytes.writeUInt16BE(length, 2);
    bytes.writeUInt32BE(COOKIE, 4);
    id.copy(bytes, 8);
    return bytes;
  };
  return {
    id,
    encode(key) {
      if (key === null) return Buffer.concat([head(body.length), body]);
      const whole = head(body.length + 24);
      const integrity = createHmac('sha1', key).update(whole).update(body).digest();
      return Buffer.concat([whole, body, encodeAttribute([ATTRIBUTE.integrity, integrity])]);
    },
  };
}

export function decode(bytes: Buffer): Message {
  const type = bytes.readUInt16BE(0);
  const attributes = new Map<number, Buffer>();
  for (let at = 20; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt16BE(at + 2);
    attributes.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  const error = attributes.get(ATTRIBUTE.error);
  const kind = (['request', 'indication', 'success', 'error'] as const)[
    ((type >> 7) & 2) | ((type >> 4) & 1)
  ];
  return {
    method: type & 0x000f,
    kind: kind ?? 'request',
    id: bytes.toString('hex', 8, 20),
    attributes,
    code: error === undefined ? null : (error[2] ?? 0) * 100 + (error[3] ?? 0),
  };
}

/** XOR-PEER-ADDRESS and its like (RFC 8489, section 14.2). */
export function xorAddress(address: string, port: number, id: Buffer): Buffer {
  const plain = addressBytes(address);
  const mask = Buffer.concat([cookie(), id]);
  const bytes = Buffer.alloc(4 + plain.length);
  bytes[1] = plain.length === 4 ? 1 : 2;
  bytes.writeUInt16BE(port ^ (COOKIE >>> 16), 2);
  for (const [index, byte] of plain.entries()) bytes[4 + index] = byte ^ (mask[index] ?? 0);
  return bytes;
}

/** The port of an IPv4 or IPv6 XOR address; the address is not needed by any test. */
export function xorPort(value: Buffer): number {
  return value.readUInt16BE(2) ^ (COOKIE >>> 16);
}

function encodeAttribute([type, value]: Attribute): Buffer {
  const bytes = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  bytes.writeUInt16BE(type, 0);
  bytes.writeUInt16BE(value.length, 2);
  value.copy(bytes, 4);
  return bytes;
}

function cookie(): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(COOKIE);
  return bytes;
}

function addressBytes(address: string): Buffer {
  if (!isIPv6(address)) return Buffer.from(address.split('.').map(Number));
  const embedded = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const text =
    embedded === null
      ? address
      : `${embedded[1]}${hex(embedded[2], embedded[3])}:${hex(embedded[4], embedded[5])}`;
  const { address: canonical } = new SocketAddress({ address: text, family: 'ipv6' });
  const written = canonical.includes('.') ? text : canonical;
  const [head = '', tail] = written.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const middle = tail === undefined ? [] : Array<string>(8 - before.length - after.length).fill('0');
  const groups = [...before, ...middle, ...after].map((group) => Number.parseInt(group, 16));
  const bytes = Buffer.alloc(16);
  for (const [index, group] of groups.entries()) bytes.writeUInt16BE(group, index * 2);
  return bytes;
}

function hex(high = '0', low = '0'): string {
  return (Number(high) * 256 + Number(low)).toString(16);
}
