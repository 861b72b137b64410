import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { LIMITS, SIGNAL_PATH } from '@conclave/protocol';
import { type WebSocket, WebSocketServer } from 'ws';
import { endAtOnce } from '../http/endAtOnce.ts';
import { AddressRates } from './AddressRates.ts';
import { limitMessages, type MessageLimit } from './limitMessages.ts';

export interface Gate<V> {
  isAllowedOrigin(origin: string | undefined): boolean;
  addressKey(request: IncomingMessage): string;
  /** Who it is. Rejects only when something is broken. */
  identify(request: IncomingMessage): Promise<V>;
  /** @returns how much this socket may send at once. */
  onSocket(socket: WebSocket, visitor: V): MessageLimit;
  onFault(fault: unknown): void;
  onRefused(): void;
}

const maxSockets = 10_000;
/** A whole office may sit behind one address; a flood from one must still not use up the machine. */
const maxSocketsPerAddress = 600;
/** Each address may open that many at once, and so many a second after that: a restart brings everybody back at once. */
const opening = { burst: maxSocketsPerAddress, perSecond: 10 };
/** Frames of one message. Browsers send a message in one frame, or in a few; each frame costs time, even an empty one. */
const maxFragments = 64;

/**
 * Takes the WebSocket upgrades of one path (RFC 6455 section 4.2). Browsers always send `Origin`; without ours
 * nobody gets in. Refusals are plain http answers, given before anything is allocated for the socket.
 */
export function acceptSockets<V>(server: Server, gate: Gate<V>): Disposable {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LIMITS.signalCommitBytes,
    maxFragments,
    perMessageDeflate: false,
    clientTracking: false,
  });
  const perAddress = new Map<string, number>();
  const rates = new AddressRates(opening.perSecond, opening.burst);
  let total = 0;

  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    const refuse = (status: string) => {
      gate.onRefused();
      endAtOnce(stream, `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    };
    if (pathOf(request) !== SIGNAL_PATH) return refuse('404 Not Found');
    if (!gate.isAllowedOrigin(request.headers.origin)) return refuse('403 Forbidden');
    const address = gate.addressKey(request);
    const open = perAddress.get(address) ?? 0;
    if (total >= maxSockets || open >= maxSocketsPerAddress || !rates.take(address, performance.now()))
      return refuse('429 Too Many Requests');

    total++;
    perAddress.set(address, open + 1);
    stream.once('close', () => {
      total--;
      const left = (perAddress.get(address) ?? 1) - 1;
      if (left > 0) perAddress.set(address, left);
      else perAddress.delete(address);
    });
    gate
      .identify(request)
      .then((visitor) => {
        if (stream.destroyed) return;
        sockets.handleUpgrade(request, stream, head, (socket) =>
          limitMessages(stream, socket, gate.onSocket(socket, visitor)),
        );
      })
      .catch((fault) => {
        gate.onFault(fault);
        refuse('500 Internal Server Error');
      });
  };

  server.on('upgrade', upgrade);
  return {
    [Symbol.dispose]() {
      server.off('upgrade', upgrade);
      sockets.close();
    },
  };
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] ?? '';
}
