import { extract } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concat } from '../bytes/bytes.ts';

const hashBytes = 32;

/** HKDF-Extract (RFC 5869 section 2.2) with SHA-256. */
export function hkdfExtract(salt: Uint8Array, ikm: Uint8Array): Uint8Array {
  return extract(sha256, ikm, salt);
}

/**
 * HKDF-Expand (RFC 5869 section 2.3) with SHA-256. One HMAC for each block, without the copies of a running HMAC that
 * pay only from the second block on: all that MLS and HPKE ask of suite 1 is one block.
 * @throws RangeError past 255 blocks.
 */
export function hkdfExpand(prk: Uint8Array, info: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  if (length > 255 * hashBytes) throw new RangeError('HKDF gives no more than 255 blocks');
  const output = new Uint8Array(length);
  let block: Uint8Array = new Uint8Array();
  for (let at = 0, count = 1; at < length; at += hashBytes, count++) {
    block = hmac(sha256, prk, concat(block, info, Uint8Array.of(count)));
    output.set(block.subarray(0, length - at), at);
  }
  return output;
}
