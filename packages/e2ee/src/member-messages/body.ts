import { fromBase64Url, toBase64Url } from '../base64url.ts';
import type { Bytes } from '../bytes.ts';
import { ByteReader } from '../mls/bytes/ByteReader.ts';

/** 96 random bits, of participants and of messages: 16 characters of base64url. */
const id96 = /^[A-Za-z0-9_-]{16}$/;

/** Reads a body to its end; null when it is not exactly what its grammar says. */
export function readBody<T>(body: Bytes, read: (reader: ByteReader) => T | null): T | null {
  try {
    const reader = new ByteReader(body);
    const value = read(reader);
    if (value !== null) reader.end();
    return value;
  } catch {
    return null;
  }
}

export function isId(text: string): boolean {
  return id96.test(text);
}

/** @throws RangeError when it is no id. */
export function idBytes(id: string): Bytes {
  if (!isId(id)) throw new RangeError('not an id');
  return fromBase64Url(id);
}

export function readId(reader: ByteReader): string {
  return toBase64Url(reader.take(12));
}

export function newId(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(12)));
}

export function readUint32(reader: ByteReader): number {
  return reader.uint16() * 2 ** 16 + reader.uint16();
}
