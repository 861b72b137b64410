import { createHmac, randomBytes } from 'node:crypto';

export interface CheckOptions {
  /** With USE-CANDIDATE. */
  readonly nominates?: boolean;
  /** The sender takes itself for the controlled end; for the controlling one unless told. */
  readonly isControlled?: boolean;
}

/** A connectivity check as a browser makes it (RFC 8445, section 7.2.2), with the password given. */
export function writeBindingRequest(
  username: string,
  password: string,
  { nominates = false, isControlled = false }: CheckOptions = {},
): Buffer {
  const before = Buffer.concat([
    attribute(0x0024, Buffer.alloc(4, 1)),
    attribute(0x0006, Buffer.from(username)),
    attribute(isControlled ? 0x8029 : 0x802a, Buffer.alloc(8, 3)),
    ...(nominates ? [attribute(0x0025, Buffer.alloc(0))] : []),
  ]);
  const head = header(before.length + 24);
  const integrity = createHmac('sha1', password).update(head).update(before).digest();
  return Buffer.concat([head, before, attribute(0x0008, integrity)]);
}

function header(length: number): Buffer {
  const bytes = Buffer.alloc(20);
  bytes.writeUInt16BE(0x0001, 0);
  bytes.writeUInt16BE(length, 2);
  bytes.writeUInt32BE(0x2112_a442, 4);
  randomBytes(12).copy(bytes, 8);
  return bytes;
}

function attribute(type: number, value: Buffer): Buffer {
  const bytes = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  bytes.writeUInt16BE(type, 0);
  bytes.writeUInt16BE(value.length, 2);
  value.copy(bytes, 4);
  return bytes;
}
