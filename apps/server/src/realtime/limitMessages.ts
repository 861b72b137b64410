import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

/** Headers of frames (RFC 6455 section 5.2) in as many fragments as a message may have. */
const framing = 1024;

export interface MessageLimit {
  /** The largest message that this socket may send now, bytes. It may change between messages. */
  readonly messageBytes: number;
  /** More has come of a message. */
  tooLarge(): void;
}

/**
 * Ends what is too large while it comes. The library knows one limit, from the start to the end of a socket; here
 * strangers have a smaller one than members of the group. Bytes are counted from the packet after the last message.
 */
export function limitMessages(stream: Duplex, socket: WebSocket, limit: MessageLimit): void {
  let pending = 0;
  socket.on('message', () => {
    pending = 0;
  });
  // Before the library reads the same bytes, and with them perhaps the end of a message.
  stream.prependListener('data', (chunk: Buffer) => {
    pending += chunk.length;
    if (pending > limit.messageBytes + framing) limit.tooLarge();
  });
}
