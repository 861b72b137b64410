import type { Bytes } from '../bytes.ts';
import type { ByteReader } from '../mls/bytes/ByteReader.ts';
import { bigEndian, concat, opaque16, utf8 } from '../mls/bytes/bytes.ts';
import { idBytes, readBody, readId } from './body.ts';
import { isChatText, toChatText } from './chatText.ts';

/** Code points. */
export const QUESTION_LIMITS = { question: 500, answer: 1_000 } as const;

/** What an audience asks, and what those on stage make of it. */
export type QuestionMessage =
  | {
      readonly type: 'ask';
      readonly id: string;
      /** ms since 1970, by the sender's clock. */
      readonly sentAt: number;
      readonly text: string;
    }
  /** For everybody: the question, without who asked it, and the answer; null: it is answered by word of mouth. */
  | {
      readonly type: 'answer';
      readonly id: string;
      readonly question: string;
      readonly answer: string | null;
    }
  /** It is not answered. */
  | { readonly type: 'dismiss'; readonly id: string };

const types = { ask: 1, answer: 2, dismiss: 3 } as const;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The body of kind `question`:
 *
 * ```text
 * struct {
 *   enum { ask(1), answer(2), dismiss(3), (255) } type;
 *   opaque id[12];                    // of the question, chosen by whoever asks
 *   select (type) {
 *     case ask:     uint64 sentAt;
 *                   opaque question<1..2000>;
 *     case answer:  opaque question<1..2000>;
 *                   opaque answer<0..4000>;      // empty: by word of mouth
 *     case dismiss: struct {};
 *   };
 * } Question;
 * ```
 */
export function encodeQuestion(message: QuestionMessage): Bytes {
  const head = concat(Uint8Array.of(types[message.type]), idBytes(message.id));
  switch (message.type) {
    case 'ask':
      return concat(head, bigEndian(message.sentAt, 8), opaque16(utf8(message.text)));
    case 'answer':
      return concat(head, opaque16(utf8(message.question)), opaque16(utf8(message.answer ?? '')));
    case 'dismiss':
      return head;
  }
}

/** Null for whatever is not exactly that. */
export function decodeQuestion(body: Bytes): QuestionMessage | null {
  return readBody(body, (reader) => {
    const type = reader.uint8();
    const id = readId(reader);
    switch (type) {
      case types.ask: {
        const sentAt = reader.uint64();
        const text = readText(reader, QUESTION_LIMITS.question);
        return text === null ? null : { type: 'ask', id, sentAt, text };
      }
      case types.answer: {
        const question = readText(reader, QUESTION_LIMITS.question);
        const answer = readText(reader, QUESTION_LIMITS.answer);
        return question === null ? null : { type: 'answer', id, question, answer };
      }
      case types.dismiss:
        return { type: 'dismiss', id };
      default:
        return null;
    }
  });
}

/** What somebody typed, as it can be sent; null when nothing is left of it, or it is too long. */
export function toQuestionText(typed: string, limit: number): string | null {
  const text = toChatText(typed);
  return text !== null && [...text].length <= limit ? text : null;
}

/** Null when it is empty. @throws when it is no text. */
function readText(reader: ByteReader, limit: number): string | null {
  const bytes = reader.opaque16(0, limit * 4);
  if (bytes.length === 0) return null;
  const text = decoder.decode(bytes);
  if (!isChatText(text) || [...text].length > limit) throw new RangeError('no text');
  return text;
}
