import { once } from 'node:events';
import { type ServerMessage, type ServerMessageOf, SIGNAL_PATH } from '@conclave/protocol';
import { WebSocket } from 'ws';

const pingInterval = 5_000;

/** The signalling of one participant. What comes is not checked: the server is ours, and there are hundreds of these. */
export class LoadSignal implements Disposable {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (message: ServerMessage) => void>();
  readonly #pings: NodeJS.Timeout;
  #nextRequest = 1;

  private constructor(socket: WebSocket, onMessage: (message: ServerMessage) => void) {
    this.#socket = socket;
    socket.on('message', (data) => {
      const message = JSON.parse(data.toString()) as ServerMessage;
      if ('request' in message && message.request !== null) this.#waiting.get(message.request)?.(message);
      else onMessage(message);
    });
    // Nobody waits for an answer any more.
    socket.on('close', (code) => {
      for (const answer of this.#waiting.values()) answer(closed(code));
    });
    this.#pings = setInterval(() => void this.ask('ok', { type: 'ping' }).catch(() => {}), pingInterval);
  }

  static async open(
    origin: string,
    onMessage: (message: ServerMessage) => void,
    {
      cookie,
      ...options
    }: {
      readonly rejectUnauthorized?: boolean;
      readonly cookie?: string;
      readonly localAddress?: string;
    } = {},
  ): Promise<LoadSignal> {
    const url = origin.replace(/^http/, 'ws') + SIGNAL_PATH;
    const socket = new WebSocket(url, {
      headers: { origin, ...(cookie === undefined ? {} : { cookie }) },
      ...options,
    });
    socket.on('error', () => {}); // Whoever asks hears that nothing is answered.
    await once(socket, 'open');
    return new LoadSignal(socket, onMessage);
  }

  /** @throws Error with the code when it is refused. */
  ask<T extends 'ok' | 'joined' | 'waiting' | 'answer' | 'group-seat'>(
    expected: T,
    message: Record<string, unknown>,
  ): Promise<ServerMessageOf<T>> {
    const request = this.#nextRequest++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(request, (answer) => {
        this.#waiting.delete(request);
        if (answer.type === expected) resolve(answer as ServerMessageOf<T>);
        else reject(new Error(answer.type === 'error' ? answer.code : answer.type));
      });
      this.#socket.send(JSON.stringify({ ...message, request }));
    });
  }

  [Symbol.dispose](): void {
    clearInterval(this.#pings);
    this.#socket.close(1001);
  }
}

function closed(code: number): ServerMessage {
  return {
    type: 'error',
    request: null,
    code: 'server.stopping',
    text: `the socket was closed with ${code}`,
  };
}
