import { CALL_CHANNEL_PATH, CallChannelMessage } from '@conclave/protocol';
import { WebSocket } from 'ws';

type Type = CallChannelMessage['type'];
type Of<T extends Type> = Extract<CallChannelMessage, { type: T }>;

/** What a page hears on the channel of its account, each message once. */
export class ChannelClient implements AsyncDisposable {
  readonly heard: CallChannelMessage[] = [];
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  readonly #waiting = new Set<() => void>();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('error', () => {});
    socket.on('message', (data) => {
      this.heard.push(CallChannelMessage.parse(JSON.parse(data.toString())));
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
  static async open(
    serverOrigin: string,
    { cookie, origin = serverOrigin }: { readonly cookie: string | null; readonly origin?: string | null },
  ): Promise<ChannelClient> {
    const socket = new WebSocket(serverOrigin.replace(/^http/, 'ws') + CALL_CHANNEL_PATH, {
      headers: { ...(origin === null ? {} : { origin }), ...(cookie === null ? {} : { cookie }) },
    });
    const client = new ChannelClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.on('open', () => resolve());
      socket.on('unexpected-response', (_, response) => {
        socket.terminate();
        reject(new Error(`refused with ${response.statusCode}`));
      });
    });
    return client;
  }

  send(text: string): void {
    this.#socket.send(text);
  }

  /** The next message of this type that is so; what came before it is forgotten. */
  async next<T extends Type>(type: T, is: (message: Of<T>) => boolean = () => true): Promise<Of<T>> {
    for (;;) {
      const at = this.heard.findIndex((message) => message.type === type && is(message as Of<T>));
      const [found] = at < 0 ? [] : this.heard.splice(0, at + 1).slice(-1);
      if (found !== undefined) return found as Of<T>;
      if (this.#socket.readyState === WebSocket.CLOSED) throw new Error(`closed before a ${type} was heard`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.close();
    await this.closed;
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
