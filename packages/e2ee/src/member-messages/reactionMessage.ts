import type { Bytes } from '../bytes.ts';
import { readBody } from './body.ts';

/** In the order of their numbers. More can be added at the end: an older page drops what it does not know. */
export const REACTIONS = ['👍', '👏', '❤️', '😂', '🎉', '😮', '🤔', '👎'] as const;
export type Reaction = (typeof REACTIONS)[number];

/** The body of kind `reaction`: one byte, its number in `REACTIONS`. */
export function encodeReaction(reaction: Reaction): Bytes {
  return Uint8Array.of(REACTIONS.indexOf(reaction));
}

/** Null for whatever is not exactly that. */
export function decodeReaction(body: Bytes): Reaction | null {
  return readBody(body, (reader) => REACTIONS[reader.uint8()] ?? null);
}
