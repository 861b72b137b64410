import { type Bytes, concat } from '../bytes.ts';
import type { ByteReader } from '../mls/bytes/ByteReader.ts';
import { bigEndian, opaque16 } from '../mls/bytes/bytes.ts';
import { readBody, readUint32 } from './body.ts';
import { encodeWritten, readWritten, type WrittenContent } from './chatContent.ts';
import { isPrivateLength, KEM_OUTPUT_BYTES, PRIVATE_LIMIT } from './privateLength.ts';

export type ChatContent =
  | WrittenContent
  /** Nothing new: `sequence` is that of the last message, for those who were away. */
  | { readonly type: 'head' }
  /** For one person, who alone can tell that it is for them: a `PrivateContent` sealed by HPKE. */
  | { readonly type: 'private'; readonly kemOutput: Bytes; readonly ciphertext: Bytes };

export interface ChatMessage {
  /** Of one stay of the sender: another one begins anew at 1. 8 random bytes. */
  readonly stream: Bytes;
  readonly sequence: number;
  /** How long ago the message before this one was sent, of a head the last one; ms. 0 where there is none. */
  readonly age: number;
  readonly content: ChatContent;
}

export const streamBytes = 8;
const largestUint32 = 2 ** 32 - 1;
const types = { head: 3, private: 5 } as const;

/**
 * The body of kind `chat`, in TLS's presentation language (RFC 8446, section 3):
 *
 * ```text
 * struct {
 *   opaque stream[8];
 *   uint32 sequence;              // 1, 2, 3 … within a stream; in a head that of the last message, 0 before the first
 *   uint32 age;                   // of the message before, in a head of the last one; ms, at most what fits
 *   enum { say(1), delete(2), head(3), edit(4), private(5), (255) } type;
 *   select (type) {
 *     case say:     opaque id[12];
 *                   uint64 sentAt;
 *                   uint8 answers;             // 0 or 1
 *                   opaque replyAuthor[12];    // these two where answers is 1
 *                   opaque replyId[12];
 *                   opaque text<1..16000>;     // UTF-8, NFC, at most 4,000 code points, as isChatText() says
 *     case delete:  opaque id[12];
 *     case head:    struct {};
 *     case edit:    opaque id[12];
 *                   opaque text<1..16000>;     // as above
 *     case private: opaque kem_output[32];
 *                   opaque ciphertext<128..32768>;   // its length is a power of two
 *   };
 * } Chat;
 * ```
 *
 * Nothing may follow. Whose message it is says MLS; a deletion or an edit counts for messages of the same author alone,
 * and a private one for private ones alone.
 */
export function encodeChat({ stream, sequence, age, content }: ChatMessage): Bytes {
  const numbers = concat(bigEndian(sequence, 4), bigEndian(Math.min(age, largestUint32), 4));
  return concat(stream, numbers, contentBytes(content));
}

/** Null for whatever is not exactly that. */
export function decodeChat(body: Bytes): ChatMessage | null {
  return readBody(body, (reader) => {
    const stream = reader.take(streamBytes);
    const sequence = readUint32(reader);
    const age = readUint32(reader);
    const content = readContent(reader);
    if (content === null || (sequence === 0 && content.type !== 'head')) return null;
    return { stream, sequence, age, content };
  });
}

function contentBytes(content: ChatContent): Bytes {
  switch (content.type) {
    case 'head':
      return Uint8Array.of(types.head);
    case 'private':
      return concat(Uint8Array.of(types.private), content.kemOutput, opaque16(content.ciphertext));
    default:
      return encodeWritten(content);
  }
}

function readContent(reader: ByteReader): ChatContent | null {
  const type = reader.uint8();
  switch (type) {
    case types.head:
      return { type: 'head' };
    case types.private: {
      const kemOutput = reader.take(KEM_OUTPUT_BYTES);
      const ciphertext = reader.opaque16(1, PRIVATE_LIMIT);
      return isPrivateLength(ciphertext.length) ? { type: 'private', kemOutput, ciphertext } : null;
    }
    default:
      return readWritten(type, reader);
  }
}
