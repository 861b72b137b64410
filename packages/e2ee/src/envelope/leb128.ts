import type { Bytes } from '../bytes.ts';

/** Enough for 256 MiB. */
const MAX_BYTES = 4;

/** `leb128` of the AV1 specification, section 4.10.5, in the shortest form. The value is below 2^28. */
export function writeLeb128(value: number): Bytes {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>= 7;
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

/** The value at `at` and the bytes it takes; null when it is cut short, too large or not in the shortest form. */
export function readLeb128(bytes: Uint8Array, at: number): { value: number; length: number } | null {
  let value = 0;
  for (let length = 1; length <= MAX_BYTES; length++) {
    const byte = bytes[at + length - 1];
    if (byte === undefined) return null;
    value |= (byte & 0x7f) << (7 * (length - 1));
    if (byte < 0x80) return byte === 0 && length > 1 ? null : { value, length };
  }
  return null;
}
