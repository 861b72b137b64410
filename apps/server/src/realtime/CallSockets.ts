import type { IncomingMessage } from 'node:http';
import { CALL_CHANNEL_PATH, type CallChannelMessage, LIMITS, type SessionId } from '@conclave/protocol';
import { WebSocket } from 'ws';
import type { Context } from '../context.ts';
import type { Caller } from '../features/accounts/authenticate.ts';
import type { CallChannel } from '../features/calls/CallChannels.ts';
import { tellState } from '../features/calls/tellCalls.ts';
import type { Accepted, Entrance } from './acceptSockets.ts';
import type { MessageLimit } from './limitMessages.ts';

/** RFC 6455 section 7.4.1. */
const closeCodes = { goingAway: 1001, policy: 1008, tooMany: 1013 } as const;
/** For the closing handshake when the service stops, ms. */
const stoppingMs = 2_000;
/** What a page may have left unread before it is cut off, bytes. */
const mostUnread = 256 * 1024;

/** The channels of accounts: only the server speaks on them. A channel ends with the session that it was opened in. */
export class CallSockets implements Disposable {
  readonly entrance: Entrance;
  readonly #context: Context;
  readonly #identify: (context: Context, cookie: string | undefined) => Promise<Caller | null>;
  readonly #onFault: (fault: unknown) => void;
  readonly #open = new Map<WebSocket, CallChannel>();
  /** Counts the sessions that ended: somebody may be among them whose socket is being opened. */
  #ended = 0;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(
    context: Context,
    identify: (context: Context, cookie: string | undefined) => Promise<Caller | null>,
    onFault: (fault: unknown) => void,
  ) {
    this.#context = context;
    this.#identify = identify;
    this.#onFault = onFault;
    this.entrance = {
      path: CALL_CHANNEL_PATH,
      messageBytes: LIMITS.callSecretBytes,
      accept: (request) => this.#accept(request),
    };
    this.#timer = setInterval(() => this.#ping(), LIMITS.callPingMs);
  }

  sessions(): readonly SessionId[] {
    return [...this.#open.values()].map(({ sessionId }) => sessionId);
  }

  signedOut(sessionId: SessionId): void {
    this.#ended++;
    for (const [socket, channel] of this.#open)
      if (channel.sessionId === sessionId) socket.close(closeCodes.policy);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    for (const socket of this.#open.keys()) {
      socket.close(closeCodes.goingAway);
      // One that does not answer holds nobody up.
      setTimeout(() => socket.terminate(), stoppingMs).unref();
    }
  }

  async #accept({ headers: { cookie } }: IncomingMessage): Promise<Accepted | null> {
    const asOf = this.#ended;
    const caller = await this.#identify(this.#context, cookie);
    if (caller === null) return null;
    return {
      setCookie: null,
      open: (socket) => {
        const limit = this.#add(socket, caller);
        // Whoever was signed out in between had no socket yet that could be closed.
        if (asOf !== this.#ended) this.#context.background.add(this.#lookAgain(socket, cookie));
        return limit;
      },
    };
  }

  #add(socket: WebSocket, { accountId, sessionId }: Caller): MessageLimit {
    socket.on('error', () => socket.terminate());
    const limit = { messageBytes: LIMITS.callSecretBytes, tooLarge: () => socket.terminate() };
    const channel = { accountId, sessionId, send: (message: CallChannelMessage) => send(socket, message) };
    const { channels } = this.#context.callsPorts;
    const added = channels.add(channel);
    if (added === null) {
      socket.close(closeCodes.tooMany);
      return limit;
    }
    this.#open.set(socket, channel);
    // A page has nothing to say here.
    socket.on('message', () => socket.close(closeCodes.policy));
    socket.once('close', () => {
      this.#open.delete(socket);
      added[Symbol.dispose]();
    });
    this.#context.background.add(
      tellState(this.#context.callsPorts, accountId, [channel]).catch(this.#onFault),
    );
    return limit;
  }

  async #lookAgain(socket: WebSocket, cookie: string | undefined): Promise<void> {
    try {
      if ((await this.#identify(this.#context, cookie)) === null) socket.close(closeCodes.policy);
    } catch (fault) {
      this.#onFault(fault);
    }
  }

  #ping(): void {
    for (const channel of this.#open.values()) channel.send({ type: 'ping' });
  }
}

function send(socket: WebSocket, message: CallChannelMessage): void {
  if (socket.readyState !== WebSocket.OPEN) return;
  if (socket.bufferedAmount > mostUnread) socket.terminate();
  else socket.send(JSON.stringify(message));
}
