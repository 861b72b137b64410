import { type Bytes, concat } from '../bytes.ts';
import { opaque16 } from '../mls/bytes/bytes.ts';
import { readBody } from './body.ts';
import { encodeWritten, readWritten, type WrittenContent } from './chatContent.ts';
import { PRIVATE_LIMIT, paddedLength } from './privateLength.ts';

/** EncryptWithLabel's label (RFC 9420, section 5.1.3). */
export const PRIVATE_LABEL = 'Conclave private message v1';

/**
 * What of a private message its recipient alone reads:
 *
 * ```text
 * struct {
 *   opaque content<13..32750>;    // type and what follows it of a `Chat` that says, takes back or edits
 *   opaque zeros[n];              // as few as make this, with the tag of 16 bytes, a power of two of at least 128
 * } PrivateContent;
 * ```
 *
 * A short text, a change and a deletion are so of one length.
 */
export function encodePrivate(content: WrittenContent): Bytes {
  const bytes = opaque16(encodeWritten(content));
  return concat(bytes, new Uint8Array(paddedLength(bytes.length) - bytes.length));
}

/** Null for whatever is not exactly that. */
export function decodePrivate(bytes: Bytes): WrittenContent | null {
  return readBody(bytes, (reader) => {
    const content = reader.opaque16(1, PRIVATE_LIMIT);
    const end = 2 + content.length;
    const zeros = reader.take(bytes.length - end);
    if (bytes.length !== paddedLength(end) || zeros.some((byte) => byte !== 0)) return null;
    return readBody(content, (inner) => readWritten(inner.uint8(), inner));
  });
}
