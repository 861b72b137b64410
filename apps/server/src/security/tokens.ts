import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, base64url: what a cookie or a link carries. Only its hash is ever stored. */
export function makeToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256. Fit for secrets of 256 random bits, which need no stretching; not for passwords. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
