import type { LoggedMessage } from './chatLog.ts';
import type { Broadcast } from './types.ts';

/** As it stands in the chat. It is nobody's own there: what was said to all rooms is not edited in one of them. */
export function toLogged({ key, author, text, at }: Broadcast): LoggedMessage {
  return {
    kind: 'message',
    key,
    id: key.split('/')[1] ?? '',
    device: '',
    author: { ...author, guest: false, self: false },
    text,
    at,
    replyTo: null,
    privateWith: null,
    deletedBy: null,
    edited: false,
    former: null,
    delivery: 'sent',
  };
}
