import { type Bytes, concat } from '../bytes.ts';
import { LIST_LIMITS } from './listLimits.ts';

const BARE = Uint8Array.of(0);
const WITH_LIST = 1;

/** What is encrypted: the frame, then a zero; or the frame, a signed list, its length (2 bytes), and a one. */
export function attach(frame: Bytes, list: Bytes | null): Bytes {
  if (list === null) return concat(frame, BARE);
  return concat(frame, list, Uint8Array.of(list.length >> 8, list.length & 0xff, WITH_LIST));
}

export interface Detached {
  readonly frame: Bytes;
  readonly list: Bytes | null;
}

/** The frame without a copy. Null for what `attach` would not have made. */
export function detach(plaintext: Bytes): Detached | null {
  const end = plaintext.length - 1;
  if (plaintext[end] === BARE[0]) return { frame: plaintext.subarray(0, end), list: null };
  if (plaintext[end] !== WITH_LIST || plaintext.length < 3) return null;
  const length = ((plaintext[end - 2] ?? 0) << 8) | (plaintext[end - 1] ?? 0);
  const start = end - 2 - length;
  if (start < 0 || length > LIST_LIMITS.bytes) return null;
  return { frame: plaintext.subarray(0, start), list: plaintext.subarray(start, end - 2) };
}
