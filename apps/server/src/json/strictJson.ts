import { ConclaveError, LIMITS } from '@conclave/protocol';
import { JsonReader } from './JsonReader.ts';
import type { Json } from './json.ts';

/**
 * Reads JSON from outside (RFC 8259), strictly: UTF-8 without a byte order mark, one value, no duplicate keys
 * (two parsers would see two messages), none of `__proto__`, `constructor` and `prototype`, nesting up to
 * `LIMITS.jsonDepth`. The size is judged before anything is read.
 * @throws ConclaveError request.too_large or request.malformed.
 */
export function parseStrictJson(input: string | Uint8Array, maxBytes: number): Json {
  const size = typeof input === 'string' ? Buffer.byteLength(input) : input.byteLength;
  if (size > maxBytes) throw new ConclaveError('request.too_large');
  return new JsonReader(typeof input === 'string' ? input : decode(input), LIMITS.jsonDepth).read();
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new ConclaveError('request.malformed');
  }
}
