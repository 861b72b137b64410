import { createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** The answer to a connectivity check, as a browser reads it. */
export interface BindingResponse {
  readonly isSuccess: boolean;
  /** 12 bytes. */
  readonly transactionId: Buffer;
  /** XOR-MAPPED-ADDRESS without its masks: 4 or 16 bytes, and the port. */
  readonly mapped: { readonly address: Buffer; readonly port: number } | null;
  /** Of ERROR-CODE. */
  readonly code: number | null;
  /** FINGERPRINT is the last attribute, and right. */
  readonly hasFingerprint: boolean;
  /** MESSAGE-INTEGRITY is by this password. */
  isFrom(password: string): boolean;
}

const COOKIE = Buffer.from([0x21, 0x12, 0xa4, 0x42]);

/** @returns null for what is no answer to a check (RFC 8489, section 5) */
export function readBindingResponse(bytes: Buffer): BindingResponse | null {
  if (bytes.length < 20 || !COOKIE.equals(bytes.subarray(4, 8))) return null;
  const type = bytes.readUInt16BE(0);
  if ((type !== 0x0101 && type !== 0x0111) || bytes.readUInt16BE(2) !== bytes.length - 20) return null;
  const transactionId = Buffer.from(bytes.subarray(8, 20));
  const attributes = new Map<number, { at: number; value: Buffer }>();
  let last = 0;
  for (let at = 20; at < bytes.length; ) {
    const length = bytes.readUInt16BE(at + 2);
    last = bytes.readUInt16BE(at);
    attributes.set(last, { at, value: bytes.subarray(at + 4, at + 4 + length) });
    at += 4 + Math.ceil(length / 4) * 4;
  }
  const [mapped, error, integrity, fingerprint] = [0x0020, 0x0009, 0x0008, 0x8028].map((each) =>
    attributes.get(each),
  );
  return {
    isSuccess: type === 0x0101,
    transactionId,
    mapped: mapped === undefined ? null : unmasked(mapped.value, transactionId),
    code: error === undefined ? null : (error.value[2] ?? 0) * 100 + (error.value[3] ?? 0),
    hasFingerprint:
      last === 0x8028 &&
      fingerprint !== undefined &&
      fingerprint.value.readUInt32BE() === (crc32(bytes.subarray(0, fingerprint.at)) ^ 0x5354_554e) >>> 0,
    isFrom: (password) => {
      if (integrity === undefined) return false;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(integrity.at + 24 - 20);
      const covered = [bytes.subarray(0, 2), length, bytes.subarray(4, integrity.at)];
      return createHmac('sha1', password).update(Buffer.concat(covered)).digest().equals(integrity.value);
    },
  };
}

/** RFC 8489, section 14.2. */
function unmasked(value: Buffer, transactionId: Buffer): { address: Buffer; port: number } {
  const mask = Buffer.concat([COOKIE, transactionId]);
  const length = value[1] === 1 ? 4 : 16;
  const address = Buffer.from(value.subarray(4, 4 + length).map((byte, at) => byte ^ (mask[at] ?? 0)));
  return { address, port: value.readUInt16BE(2) ^ mask.readUInt16BE(0) };
}
