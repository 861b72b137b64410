import { type ClientMessage, ConclaveError, type ErrorCode, LIMITS, ServerMessage } from '@conclave/protocol';
import { Listeners } from '../listeners.ts';

type WithoutRequest<M> = M extends { request: number } ? Omit<M, 'request'> : never;
export type ClientRequest = WithoutRequest<ClientMessage>;
/** Messages that answer no request; `joined` is one of them for whoever has waited. */
export type ServerNotice = Exclude<
  ServerMessage,
  {
    type: 'ok' | 'answer' | 'relays' | 'waiting' | 'group-seat' | 'file-access' | 'breakout-ticket' | 'error';
  }
>;

export class SignalClosed extends Error {
  override readonly name = 'SignalClosed';
  /** The WebSocket close code (RFC 6455 section 7.4). */
  readonly code: number;
  constructor(code: number) {
    super(`The signalling socket was closed (${code}).`);
    this.code = code;
  }
}

interface Pending {
  resolve(message: ServerMessage): void;
  reject(error: Error): void;
}

const requestTimeoutMs = 12_000;
/** An answer that takes longer than this does not come: somebody moved to another network. */
const doubtMs = 1_500;

/**
 * One signalling WebSocket: requests with answers, notices, and a watch on its silence. It opens once and
 * closes once; reconnecting is the meeting's business.
 */
export class Signal implements Disposable {
  readonly notices = new Listeners<ServerNotice>();
  readonly closed = new Listeners<SignalClosed>();
  readonly #socket: WebSocket;
  readonly #pending = new Map<number, Pending>();
  #nextRequest = 1;
  #lastHeard = Date.now();
  #watch: ReturnType<typeof setInterval> | undefined;
  #isClosed = false;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = (event) => this.#receive(event.data);
    socket.onclose = (event) => this.#close(event.code);
    this.#watch = setInterval(() => this.#checkSilence(), LIMITS.pingIntervalMs);
  }

  /** @throws SignalClosed when the socket does not open within `timeoutMs`. */
  static open(url: string, timeoutMs = 8_000): Promise<Signal> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url);
      const timer = setTimeout(() => socket.close(), timeoutMs);
      socket.onopen = () => {
        clearTimeout(timer);
        resolve(new Signal(socket));
      };
      socket.onclose = (event) => {
        clearTimeout(timer);
        reject(new SignalClosed(event.code));
      };
    });
  }

  get isOpen(): boolean {
    return !this.#isClosed;
  }

  /**
   * Sends one request and waits for its answer.
   * @throws ConclaveError with the server's code; SignalClosed when the socket goes first.
   */
  request(message: ClientRequest): Promise<ServerMessage> {
    if (this.#isClosed) return Promise.reject(new SignalClosed(1006));
    const request = this.#nextRequest++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#close(1006), requestTimeoutMs);
      const settle = () => {
        clearTimeout(timer);
        this.#pending.delete(request);
      };
      this.#pending.set(request, {
        resolve: (answer) => {
          settle();
          resolve(answer);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      this.#socket.send(JSON.stringify({ ...message, request }));
    });
  }

  [Symbol.dispose](): void {
    this.#close(1000);
  }

  #receive(data: unknown): void {
    this.#lastHeard = Date.now();
    const message = parseMessage(data);
    if (message === null || this.#isClosed) return;
    switch (message.type) {
      case 'ok':
      case 'answer':
      case 'relays':
      case 'waiting':
      case 'group-seat':
      case 'file-access':
      case 'breakout-ticket':
        this.#pending.get(message.request)?.resolve(message);
        return;
      case 'joined':
        if (message.request === null) this.notices.emit(message);
        else this.#pending.get(message.request)?.resolve(message);
        return;
      case 'error':
        this.#refuse(message.request, message.code, message.retryAfterMs);
        return;
      default:
        this.notices.emit(message);
    }
  }

  /** A fault without a request is about the socket as a whole, which the server closes next. */
  #refuse(request: number | null, code: ErrorCode, retryAfterMs: number | undefined): void {
    const error = new ConclaveError(code, retryAfterMs === undefined ? {} : { retryAfterMs });
    if (request !== null) this.#pending.get(request)?.reject(error);
    else for (const pending of [...this.#pending.values()]) pending.reject(error);
  }

  /**
   * There is reason to doubt that the other end still hears us: when nothing comes back soon, the socket is dead.
   * @returns whether the server has answered
   */
  async doubt(): Promise<boolean> {
    const asked = Date.now();
    const answer = this.request({ type: 'ping' });
    setTimeout(() => {
      if (this.#lastHeard < asked) this.#close(1006);
    }, doubtMs);
    return await answer.then(
      () => true,
      () => false,
    );
  }

  #checkSilence(): void {
    if (Date.now() - this.#lastHeard > LIMITS.silenceMs) {
      this.#close(1006);
      return;
    }
    this.request({ type: 'ping' }).catch(() => {});
  }

  #close(code: number): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#watch);
    this.#socket.onmessage = null;
    this.#socket.onclose = null;
    this.#socket.close();
    const reason = new SignalClosed(code);
    for (const pending of [...this.#pending.values()]) pending.reject(reason);
    this.notices.clear();
    this.closed.emit(reason);
    this.closed.clear();
  }
}

function parseMessage(data: unknown): ServerMessage | null {
  if (typeof data !== 'string') return null;
  try {
    return ServerMessage.parse(JSON.parse(data));
  } catch {
    // A server that says what this page does not understand is not followed.
    return null;
  }
}
