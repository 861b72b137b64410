import { concat, equalInConstantTime } from '../../bytes.ts';

export { concat, equalInConstantTime as equalBytes };

const text = new TextEncoder();

export function utf8(value: string): Uint8Array<ArrayBuffer> {
  return text.encode(value);
}

/** Big-endian in so many bytes. Also for numbers past 32 bits, which shifts would cut. */
export function bigEndian(value: number, bytes: number): Uint8Array<ArrayBuffer> {
  const encoded = new Uint8Array(bytes);
  let rest = value;
  for (let index = bytes - 1; index >= 0; index--) {
    encoded[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return encoded;
}

/** opaque<0..2^16-1>: the length in two bytes, then the content. */
export function opaque16(content: Uint8Array): Uint8Array<ArrayBuffer> {
  return concat(bigEndian(content.length, 2), content);
}

/** A copy on a buffer of its own, as WebCrypto's types want it. */
export function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
