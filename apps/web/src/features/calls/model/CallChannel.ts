import { CALL_CHANNEL_PATH, CallChannelMessage, LIMITS } from '@conclave/protocol';
import * as z from 'zod/mini';

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;
/** The server says something every 25 s; two of those missing, and it is gone. */
const silenceMs = LIMITS.callPingMs * 2.4;

export interface ChannelParts {
  readonly onMessage: (message: CallChannelMessage) => void;
  readonly onOpen: (open: boolean) => void;
  readonly connect?: (url: string) => WebSocket;
  readonly random?: () => number;
}

/** What the service tells this page of calls, for as long as the page is there. It connects again by itself. */
export class CallChannel implements Disposable {
  readonly #parts: ChannelParts;
  #socket: WebSocket | null = null;
  #pauseMs = firstPauseMs;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #over = false;

  constructor(parts: ChannelParts) {
    this.#parts = parts;
    this.#connect();
  }

  [Symbol.dispose](): void {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  #connect(): void {
    if (this.#over) return;
    const url = new URL(CALL_CHANNEL_PATH, location.href.replace(/^http/, 'ws')).href;
    const socket = (this.#parts.connect ?? ((address) => new WebSocket(address)))(url);
    this.#socket = socket;
    socket.onopen = () => this.#listenOn(socket);
    socket.onmessage = ({ data }) => {
      this.#listenOn(socket);
      this.#pauseMs = firstPauseMs;
      const message = parse(data);
      if (message !== null && !this.#over) this.#parts.onMessage(message);
    };
    socket.onclose = () => this.#lost(socket);
  }

  /** It lives; when it falls silent, it is given up. */
  #listenOn(socket: WebSocket): void {
    if (this.#over || socket !== this.#socket) return;
    this.#parts.onOpen(true);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      socket.close();
      this.#lost(socket);
    }, silenceMs);
  }

  #lost(socket: WebSocket): void {
    if (this.#over || socket !== this.#socket) return;
    this.#socket = null;
    this.#parts.onOpen(false);
    clearTimeout(this.#timer);
    // After a restart not all of them come in the same second.
    const pause = this.#pauseMs * (0.5 + (this.#parts.random ?? Math.random)());
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
    this.#timer = setTimeout(() => this.#connect(), pause);
  }
}

function parse(data: unknown): CallChannelMessage | null {
  try {
    const read = z.safeParse(CallChannelMessage, JSON.parse(String(data)));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
