import { ServerMessage, SIGNAL_PATH } from '@conclave/protocol';
import { WebSocket } from 'ws';

export interface SignalClientOptions {
  /** `null` sends no Origin header at all. */
  readonly origin?: string | null;
  readonly cookie?: string;
  readonly path?: string;
}

/** A signalling client that says whatever a test wants it to, honest or not, and keeps all that it hears. */
export class SignalClient implements Disposable {
  readonly heard: ServerMessage[] = [];
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  readonly #waiting = new Set<() => void>();
  #nextRequest = 1;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('error', () => {}); // The test looks at how it closed.
    socket.on('message', (data) => {
      this.heard.push(ServerMessage.parse(JSON.parse(data.toString())));
      this.#wake();
    });
    this.closed = new Promise((resolve) => {
      socket.on('close', (code) => {
        resolve(code);
        this.#wake();
      });
    });
  }

  /** @throws Error with the http status when the upgrade is refused. */
  static open(serverOrigin: string, options: SignalClientOptions = {}): Promise<SignalClient> {
    const { origin = serverOrigin, cookie, path = SIGNAL_PATH } = options;
    const socket = new WebSocket(serverOrigin.replace(/^http/, 'ws') + path, {
      headers: { ...(origin === null ? {} : { origin }), ...(cookie === undefined ? {} : { cookie }) },
    });
    const client = new SignalClient(socket);
    return new Promise((resolve, reject) => {
      socket.on('open', () => resolve(client));
      socket.on('unexpected-response', (_, response) => {
        socket.terminate();
        reject(new Error(`refused with ${response.statusCode}`));
      });
    });
  }

  /** Sends a request and waits for its answer, whatever it is. */
  async ask(message: Record<string, unknown>): Promise<ServerMessage> {
    const request = this.#nextRequest++;
    this.sendRaw(JSON.stringify({ ...message, request }));
    return await this.hear((answer) => 'request' in answer && answer.request === request);
  }

  sendRaw(data: string | Buffer): void {
    this.#socket.send(data);
  }

  /** The first message, heard already or to come, that is so. */
  async hear<M extends ServerMessage>(is: (message: ServerMessage) => message is M): Promise<M>;
  async hear(is: (message: ServerMessage) => boolean): Promise<ServerMessage>;
  async hear(is: (message: ServerMessage) => boolean): Promise<ServerMessage> {
    for (;;) {
      const found = this.heard.find(is);
      if (found !== undefined) return found;
      if (this.#socket.readyState === WebSocket.CLOSED)
        throw new Error('The socket closed before that was heard.');
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  pause(): void {
    this.#socket.pause();
  }

  /** As a browser does when its page goes away. */
  close(code = 1001): void {
    this.#socket.close(code);
  }

  /** As when the network goes away. */
  cut(): void {
    this.#socket.terminate();
  }

  [Symbol.dispose](): void {
    this.#socket.terminate();
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}
