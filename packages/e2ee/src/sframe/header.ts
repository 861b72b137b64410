import type { Bytes } from '../bytes.ts';
import { SframeError } from './SframeError.ts';

const EXTENDED_KID = 0x80;
const EXTENDED_COUNTER = 0x08;
const MAX_VALUE = (1n << 64n) - 1n;

/** An SFrame header (RFC 9605, section 4.3). Both numbers are 64 bits wide; `length` in bytes, 1 to 17. */
export interface SframeHeader {
  readonly kid: bigint;
  readonly counter: bigint;
  readonly length: number;
}

/** @throws SframeError `malformed-header` when a number is not one of 64 bits. */
export function encodeHeader(kid: bigint, counter: bigint): Bytes {
  const kidBytes = extraBytes(kid);
  const counterBytes = extraBytes(counter);
  const header = new Uint8Array(1 + kidBytes + counterBytes);
  const kidField = kidBytes === 0 ? Number(kid) : (EXTENDED_KID >> 4) | (kidBytes - 1);
  const counterField = counterBytes === 0 ? Number(counter) : EXTENDED_COUNTER | (counterBytes - 1);
  header[0] = (kidField << 4) | counterField;
  write(header, 1, kidBytes, kid);
  write(header, 1 + kidBytes, counterBytes, counter);
  return header;
}

/**
 * Reads the header that `bytes` begin with.
 *
 * @throws SframeError `truncated`; `malformed-header` when a number is written longer than it need be, which the
 *   section forbids: one frame has one header.
 */
export function decodeHeader(bytes: Uint8Array): SframeHeader {
  const config = bytes[0];
  if (config === undefined) throw new SframeError('truncated');
  const kidBytes = (config & EXTENDED_KID) === 0 ? 0 : ((config >> 4) & 0x07) + 1;
  const counterBytes = (config & EXTENDED_COUNTER) === 0 ? 0 : (config & 0x07) + 1;
  const length = 1 + kidBytes + counterBytes;
  if (bytes.length < length) throw new SframeError('truncated');
  const kid = kidBytes === 0 ? BigInt((config >> 4) & 0x07) : read(bytes, 1, kidBytes);
  const counter = counterBytes === 0 ? BigInt(config & 0x07) : read(bytes, 1 + kidBytes, counterBytes);
  if (extraBytes(kid) !== kidBytes || extraBytes(counter) !== counterBytes)
    throw new SframeError('malformed-header');
  return { kid, counter, length };
}

/** Bytes that a number takes after the config byte: none below 8. */
function extraBytes(value: bigint): number {
  if (value < 0n || value > MAX_VALUE) throw new SframeError('malformed-header');
  if (value < 8n) return 0;
  if (value <= 0xffff_ffffn) {
    const small = Number(value);
    return small > 0xff_ffff ? 4 : small > 0xffff ? 3 : small > 0xff ? 2 : 1;
  }
  let bytes = 5;
  while (value >> BigInt(8 * bytes) !== 0n) bytes += 1;
  return bytes;
}

function read(bytes: Uint8Array, at: number, length: number): bigint {
  // A double carries six bytes exactly, and those are all that most frames have.
  if (length > 6) return (read(bytes, at, length - 4) << 32n) | read(bytes, at + length - 4, 4);
  let value = 0;
  for (let index = 0; index < length; index++) value = value * 256 + (bytes[at + index] ?? 0);
  return BigInt(value);
}

function write(bytes: Uint8Array, at: number, length: number, value: bigint): void {
  let rest = value;
  for (let index = length - 1; index >= 0; index--) {
    bytes[at + index] = Number(rest & 0xffn);
    rest >>= 8n;
  }
}
