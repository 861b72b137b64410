import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { endAtOnce } from '../http/endAtOnce.ts';
import { AddressRates } from './AddressRates.ts';
import { limitMessages, type MessageLimit } from './limitMessages.ts';

/** Somebody who may have a socket. */
export interface Accepted {
  /** A Set-Cookie header for the handshake's answer. */
  readonly setCookie: string | null;
  /** @returns how much this socket may send at once. */
  open(socket: WebSocket): MessageLimit;
}

/** What is behind one path. */
export interface Entrance {
  readonly path: string;
  /** The largest message that anybody may send. */
  readonly messageBytes: number;
  /** Who it is; null: nobody who may have a socket here. Rejects only when something is broken. */
  accept(request: IncomingMessage): Promise<Accepted | null>;
}

export interface Gate {
  readonly entrances: readonly Entrance[];
  isAllowedOrigin(origin: string | undefined): boolean;
  addressKey(request: IncomingMessage): string;
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
 * Takes the WebSocket upgrades of the server (RFC 6455 section 4.2). Browsers always send `Origin`; without ours
 * nobody gets in. Refusals are plain http answers, given before anything is allocated for the socket. Sockets of one path take
 * no room from those of another.
 */
export function acceptSockets(server: Server, gate: Gate): Disposable {
  const doors = new Map(gate.entrances.map((entrance) => [entrance.path, openDoor(entrance, gate)]));
  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    const refuse = (status: string) => {
      gate.onRefused();
      endAtOnce(stream, `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    };
    const door = doors.get(pathOf(request));
    if (door === undefined) return refuse('404 Not Found');
    if (!gate.isAllowedOrigin(request.headers.origin)) return refuse('403 Forbidden');
    door.upgrade(request, stream, head, refuse);
  };
  server.on('upgrade', upgrade);
  return {
    [Symbol.dispose]() {
      server.off('upgrade', upgrade);
      for (const door of doors.values()) door.close();
    },
  };
}

function openDoor(entrance: Entrance, gate: Gate) {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: entrance.messageBytes,
    maxFragments,
    perMessageDeflate: false,
    clientTracking: false,
  });
  const cookies = new WeakMap<IncomingMessage, string>();
  sockets.on('headers', (headers, request) => {
    const cookie = cookies.get(request);
    if (cookie !== undefined) headers.push(`Set-Cookie: ${cookie}`);
  });
  const perAddress = new Map<string, number>();
  const rates = new AddressRates(opening.perSecond, opening.burst);
  let total = 0;

  const upgrade = (
    request: IncomingMessage,
    stream: Duplex,
    head: Buffer,
    refuse: (status: string) => void,
  ) => {
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
    entrance
      .accept(request)
      .then((accepted) => {
        if (stream.destroyed) return;
        if (accepted === null) return refuse('401 Unauthorized');
        if (accepted.setCookie !== null) cookies.set(request, accepted.setCookie);
        sockets.handleUpgrade(request, stream, head, (socket) =>
          limitMessages(stream, socket, accepted.open(socket)),
        );
      })
      .catch((fault) => {
        gate.onFault(fault);
        refuse('500 Internal Server Error');
      });
  };
  return { upgrade, close: () => sockets.close() };
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] ?? '';
}
