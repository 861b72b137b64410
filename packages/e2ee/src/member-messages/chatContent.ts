import { type Bytes, concat } from '../bytes.ts';
import type { ByteReader } from '../mls/bytes/ByteReader.ts';
import { bigEndian, opaque16, utf8 } from '../mls/bytes/bytes.ts';
import { idBytes, readId } from './body.ts';
import { CHAT_TEXT_LIMIT, isChatText } from './chatText.ts';

/** Which message somebody answers: ids are their author's alone, so it is named with its author. */
export interface MessageRef {
  readonly participantId: string;
  readonly id: string;
}

/** What somebody writes, to all or to one person. */
export type WrittenContent =
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
  /** Another text for a message of the sender's own. */
  | { readonly type: 'edit'; readonly id: string; readonly text: string };

export const WRITTEN_TYPES = { say: 1, delete: 2, edit: 4 } as const;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** With its type in front, as `encodeChat` describes it. */
export function encodeWritten(content: WrittenContent): Bytes {
  return concat(Uint8Array.of(WRITTEN_TYPES[content.type]), idBytes(content.id), restOf(content));
}

/** @param type the byte that was in front. Null for whatever is not exactly of the grammar. */
export function readWritten(type: number, reader: ByteReader): WrittenContent | null {
  switch (type) {
    case WRITTEN_TYPES.say: {
      const id = readId(reader);
      const sentAt = reader.uint64();
      const answers = reader.uint8();
      if (answers > 1) return null;
      const replyTo = answers === 1 ? { participantId: readId(reader), id: readId(reader) } : null;
      const text = readText(reader);
      return text === null ? null : { type: 'say', id, sentAt, replyTo, text };
    }
    case WRITTEN_TYPES.delete:
      return { type: 'delete', id: readId(reader) };
    case WRITTEN_TYPES.edit: {
      const id = readId(reader);
      const text = readText(reader);
      return text === null ? null : { type: 'edit', id, text };
    }
    default:
      return null;
  }
}

function restOf(content: WrittenContent): Bytes {
  switch (content.type) {
    case 'say': {
      const { sentAt, replyTo, text } = content;
      const reply =
        replyTo === null
          ? Uint8Array.of(0)
          : concat(Uint8Array.of(1), idBytes(replyTo.participantId), idBytes(replyTo.id));
      return concat(bigEndian(sentAt, 8), reply, encodeText(text));
    }
    case 'delete':
      return new Uint8Array(0);
    case 'edit':
      return encodeText(content.text);
  }
}

export function encodeText(text: string): Bytes {
  return opaque16(utf8(text));
}

/** Null for what is no text of chat. */
export function readText(reader: ByteReader): string | null {
  const text = decoder.decode(reader.opaque16(1, CHAT_TEXT_LIMIT * 4));
  return isChatText(text) ? text : null;
}
