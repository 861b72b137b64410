import { type Bytes, concat } from '../bytes.ts';
import { idBytes, readBody, readId } from './body.ts';

/** What a host asks of everybody. Whether the sender may is judged by whoever receives it. */
export type HostCommand =
  | { readonly type: 'lower-all-hands' }
  | { readonly type: 'lower-hand'; readonly participantId: string };

const types = { 'lower-all-hands': 1, 'lower-hand': 2 } as const;

/**
 * The body of kind `command`:
 *
 * ```text
 * struct {
 *   enum { lower_all_hands(1), lower_hand(2), (255) } type;
 *   select (type) {
 *     case lower_all_hands: struct {};
 *     case lower_hand:      opaque participantId[12];
 *   };
 * } Command;
 * ```
 */
export function encodeCommand(command: HostCommand): Bytes {
  const type = Uint8Array.of(types[command.type]);
  return command.type === 'lower-hand' ? concat(type, idBytes(command.participantId)) : type;
}

/** Null for whatever is not exactly that. */
export function decodeCommand(body: Bytes): HostCommand | null {
  return readBody(body, (reader) => {
    switch (reader.uint8()) {
      case types['lower-all-hands']:
        return { type: 'lower-all-hands' };
      case types['lower-hand']:
        return { type: 'lower-hand', participantId: readId(reader) };
      default:
        return null;
    }
  });
}
