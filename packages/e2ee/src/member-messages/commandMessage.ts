import { type Bytes, concat } from '../bytes.ts';
import { idBytes, readBody, readId } from './body.ts';
import { encodeText, type MessageRef, readText } from './chatContent.ts';

/** What a host asks of everybody. Whether the sender may is judged by whoever receives it. */
export type HostCommand =
  | { readonly type: 'lower-all-hands' }
  | { readonly type: 'lower-hand'; readonly participantId: string }
  /** To all breakout rooms, and whoever is in the meeting itself. */
  | { readonly type: 'broadcast'; readonly id: string; readonly text: string }
  /** Of chat, or a poll: whoever wrote it. */
  | ({ readonly type: 'delete-message' } & MessageRef);

const types = { 'lower-all-hands': 1, 'lower-hand': 2, 'delete-message': 3, broadcast: 4 } as const;

/**
 * The body of kind `command`:
 *
 * ```text
 * struct {
 *   enum { lower_all_hands(1), lower_hand(2), delete_message(3), broadcast(4), (255) } type;
 *   select (type) {
 *     case lower_all_hands: struct {};
 *     case lower_hand:      opaque participantId[12];
 *     case delete_message:  opaque participantId[12];    // its author
 *                           opaque id[12];
 *     case broadcast:       opaque id[12];
 *                           opaque text<1..2^16-1>;    // as of chat
 *   };
 * } Command;
 * ```
 */
export function encodeCommand(command: HostCommand): Bytes {
  const type = Uint8Array.of(types[command.type]);
  switch (command.type) {
    case 'lower-all-hands':
      return type;
    case 'lower-hand':
      return concat(type, idBytes(command.participantId));
    case 'delete-message':
      return concat(type, idBytes(command.participantId), idBytes(command.id));
    case 'broadcast':
      return concat(type, idBytes(command.id), encodeText(command.text));
  }
}

/** Null for whatever is not exactly that. */
export function decodeCommand(body: Bytes): HostCommand | null {
  return readBody(body, (reader) => {
    switch (reader.uint8()) {
      case types['lower-all-hands']:
        return { type: 'lower-all-hands' };
      case types['lower-hand']:
        return { type: 'lower-hand', participantId: readId(reader) };
      case types['delete-message']:
        return { type: 'delete-message', participantId: readId(reader), id: readId(reader) };
      case types.broadcast: {
        const id = readId(reader);
        const text = readText(reader);
        return text === null ? null : { type: 'broadcast', id, text };
      }
      default:
        return null;
    }
  });
}
