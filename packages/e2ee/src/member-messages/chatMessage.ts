import { type Bytes, concat } from '../bytes.ts';
import type { ByteReader } from '../mls/bytes/ByteReader.ts';
import { bigEndian, opaque16, utf8 } from '../mls/bytes/bytes.ts';
import { idBytes, readBody, readId } from './body.ts';
import { CHAT_TEXT_LIMIT, isChatText } from './chatText.ts';

/** Which message somebody answers: ids are their author's alone, so it is named with its author. */
export interface MessageRef {
  readonly participantId: string;
  readonly id: string;
}

export type ChatContent =
  | {
      readonly type: 'say';
      readonly id: string;
      /** ms since 1970, by the sender's clock. */
      readonly sentAt: number;
      readonly replyTo: MessageRef | null;
      readonly text: string;
    }
  /** Takes back a message of the sender's own. */
  | { readonly type: 'delete'; readonly id: string }
  /** Nothing new: `sequence` is that of the last message, for those who were away. */
  | { readonly type: 'head' };

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
const types = { say: 1, delete: 2, head: 3 } as const;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The body of kind `chat`, in TLS's presentation language (RFC 8446, section 3):
 *
 * ```text
 * struct {
 *   opaque stream[8];
 *   uint32 sequence;              // 1, 2, 3 … within a stream; in a head that of the last message, 0 before the first
 *   uint32 age;                   // of the message before, in a head of the last one; ms, at most what fits
 *   enum { say(1), delete(2), head(3), (255) } type;
 *   select (type) {
 *     case say:    opaque id[12];
 *                  uint64 sentAt;
 *                  uint8 answers;             // 0 or 1
 *                  opaque replyAuthor[12];    // these two where answers is 1
 *                  opaque replyId[12];
 *                  opaque text<1..16000>;     // UTF-8, NFC, at most 4,000 code points, as isChatText() says
 *     case delete: opaque id[12];
 *     case head:   struct {};
 *   };
 * } Chat;
 * ```
 *
 * Nothing may follow. Whose message it is says MLS; a deletion counts for messages of the same author alone.
 */
export function encodeChat({ stream, sequence, age, content }: ChatMessage): Bytes {
  const numbers = concat(bigEndian(sequence, 4), bigEndian(Math.min(age, largestUint32), 4));
  return concat(stream, numbers, Uint8Array.of(types[content.type]), contentBytes(content));
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
    case 'say': {
      const { id, sentAt, replyTo, text } = content;
      const reply =
        replyTo === null
          ? Uint8Array.of(0)
          : concat(Uint8Array.of(1), idBytes(replyTo.participantId), idBytes(replyTo.id));
      return concat(idBytes(id), bigEndian(sentAt, 8), reply, opaque16(utf8(text)));
    }
    case 'delete':
      return idBytes(content.id);
    case 'head':
      return new Uint8Array(0);
  }
}

function readContent(reader: ByteReader): ChatContent | null {
  switch (reader.uint8()) {
    case types.say: {
      const id = readId(reader);
      const sentAt = reader.uint64();
      const answers = reader.uint8();
      if (answers > 1) return null;
      const replyTo = answers === 1 ? { participantId: readId(reader), id: readId(reader) } : null;
      const text = decoder.decode(reader.opaque16(1, CHAT_TEXT_LIMIT * 4));
      return isChatText(text) ? { type: 'say', id, sentAt, replyTo, text } : null;
    }
    case types.delete:
      return { type: 'delete', id: readId(reader) };
    case types.head:
      return { type: 'head' };
    default:
      return null;
  }
}

function readUint32(reader: ByteReader): number {
  return reader.uint16() * 2 ** 16 + reader.uint16();
}
