import { createHmac, timingSafeEqual } from 'node:crypto';

export const STUN_HEADER = 20;
export const MAGIC_COOKIE = 0x2112_a442;
export const USERNAME = 0x0006;
export const MESSAGE_INTEGRITY = 0x0008;
const BINDING_REQUEST = 0x0001;
const USE_CANDIDATE = 0x0025;
const ICE_CONTROLLED = 0x8029;
const SHA1_BYTES = 20;

/** A connectivity check (RFC 8445, section 7.2.2). */
export interface BindingRequest {
  /** The first half of the username: the user name fragment of the end that is asked. */
  readonly ufrag: string;
  /** 12 bytes. */
  readonly transactionId: Buffer;
  /** The controlling end wants this pair (section 8.1.1). */
  readonly nominates: boolean;
  /** The other end takes itself for the controlled one, as we are. */
  readonly isControlled: boolean;
  /** Whether the sender knows the password that belongs to the fragment (RFC 8489, section 14.5). */
  isFrom(password: string): boolean;
}

/** @returns null for anything that is no well-formed check. Reads nothing behind the integrity attribute. */
export function readBindingRequest(bytes: Buffer): BindingRequest | null {
  if (bytes.length < STUN_HEADER || bytes.readUInt16BE(0) !== BINDING_REQUEST) return null;
  if (bytes.readUInt32BE(4) !== MAGIC_COOKIE || bytes.readUInt16BE(2) !== bytes.length - STUN_HEADER)
    return null;
  let ufrag: string | null = null;
  let nominates = false;
  let isControlled = false;
  for (let at = STUN_HEADER; at + 4 <= bytes.length; ) {
    const type = bytes.readUInt16BE(at);
    const length = bytes.readUInt16BE(at + 2);
    const end = at + 4 + length;
    if (end > bytes.length) return null;
    if (type === USERNAME) ufrag = bytes.toString('latin1', at + 4, end).split(':', 1)[0] ?? '';
    else if (type === USE_CANDIDATE) nominates = true;
    else if (type === ICE_CONTROLLED) isControlled = true;
    else if (type === MESSAGE_INTEGRITY) {
      if (ufrag === null || length !== SHA1_BYTES) return null;
      const integrity = bytes.subarray(at + 4, end);
      return {
        ufrag,
        transactionId: Buffer.from(bytes.subarray(8, STUN_HEADER)),
        nominates,
        isControlled,
        isFrom: (password) => timingSafeEqual(integrityOf(bytes, at, password), integrity),
      };
    }
    at = end + ((4 - (length % 4)) % 4);
  }
  return null;
}

/** HMAC-SHA1 over all before the attribute at `at`, the length in the header being that of a message ending with it. */
export function integrityOf(message: Buffer, at: number, password: string): Buffer {
  const covered = Buffer.from(message.subarray(0, at));
  covered.writeUInt16BE(at + 4 + SHA1_BYTES - STUN_HEADER, 2);
  return createHmac('sha1', password).update(covered).digest();
}
