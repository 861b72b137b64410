import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Context } from '../context.ts';
import { addressKey } from '../security/addressKey.ts';

/** Connections of one address: an office behind one may have some for each of hundreds of people. */
const maxPerAddress = 2_000;
/** A connection on which nothing moves, be it an answer that nobody reads, ms. WebSockets have their own rule. */
const idleMs = 90_000;

/**
 * Connections cost a file descriptor each, whatever is said over them, so no stranger may have all of them. Behind a
 * proxy all come from its address, and the counting is the proxy's.
 */
export function limitConnections(server: Server, context: Context): Server {
  server.setTimeout(idleMs);
  if (context.config.http.trustedProxies.length > 0) return server;
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = addressKey(socket.remoteAddress ?? '');
    const count = (open.get(address) ?? 0) + 1;
    if (count > maxPerAddress) {
      socket.destroy();
      return;
    }
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
  return server;
}
