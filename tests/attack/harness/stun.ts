import { createHmac, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const MAGIC = 0x2112a442;
const BINDING_REQUEST = 0x0001;
const USERNAME = 0x0006;
const MESSAGE_INTEGRITY = 0x0008;
const PRIORITY = 0x0024;
const USE_CANDIDATE = 0x0025;
const FINGERPRINT = 0x8028;
const ICE_CONTROLLING = 0x802a;

/** A connectivity check as a browser would send it (RFC 8445, section 7.2.2), with whatever credentials one likes. */
export function bindingRequest(options: {
  readonly username: string;
  readonly password: string;
  readonly nominate?: boolean;
}): Buffer {
  const attributes = [
    attribute(USERNAME, Buffer.from(options.username)),
    attribute(PRIORITY, Buffer.from([0x6e, 0x7f, 0x1e, 0xff])),
    attribute(ICE_CONTROLLING, randomBytes(8)),
    ...(options.nominate === true ? [attribute(USE_CANDIDATE, Buffer.alloc(0))] : []),
  ];
  const transaction = randomBytes(12);
  const body = Buffer.concat(attributes);
  const integrity = createHmac('sha1', options.password)
    .update(header(transaction, body.length + 24))
    .update(body)
    .digest();
  const signed = Buffer.concat([body, attribute(MESSAGE_INTEGRITY, integrity)]);
  const whole = Buffer.concat([header(transaction, signed.length + 8), signed]);
  const fingerprint = Buffer.alloc(4);
  fingerprint.writeUInt32BE((crc32(whole) ^ 0x5354554e) >>> 0);
  return Buffer.concat([whole, attribute(FINGERPRINT, fingerprint)]);
}

function header(transaction: Buffer, length: number): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(BINDING_REQUEST, 0);
  head.writeUInt16BE(length, 2);
  head.writeUInt32BE(MAGIC, 4);
  return Buffer.concat([head, transaction]);
}

function attribute(type: number, value: Buffer): Buffer {
  const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  padded.writeUInt16BE(type, 0);
  padded.writeUInt16BE(value.length, 2);
  value.copy(padded, 4);
  return padded;
}
