import {
  CLOSE,
  ClientMessage,
  ConclaveError,
  type LeaveReason,
  LIMITS,
  PROTOCOL_VERSION,
  type ServerMessage,
  type SessionId,
} from '@conclave/protocol';
import type { RawData, WebSocket } from 'ws';
import { join } from '../features/participation/join.ts';
import { leave, loseSocket } from '../features/participation/leave.ts';
import { negotiate } from '../features/participation/negotiate.ts';
import type { ParticipationPorts, Place, Visitor } from '../features/participation/ports.ts';
import { resume } from '../features/participation/resume.ts';
import { setSources } from '../features/participation/setSources.ts';
import { setView } from '../features/participation/setView.ts';
import { parseStrictJson } from '../json/strictJson.ts';
import { toParticipant } from '../rooms/roomState.ts';
import { MessageRate } from './MessageRate.ts';
import type { Outbox, Outboxes } from './Outboxes.ts';

/** A client that does not take what it is told is let go before it fills our memory, bytes. */
const maxBufferedBytes = 1024 * 1024;
/** Messages of one socket that wait for their turn. */
const maxQueued = 64;
/** What a message costs beyond one token of the rate: an offer makes a transport, and a change is told to everybody. */
const extraCost: Readonly<Partial<Record<ClientMessage['type'], number>>> = {
  offer: 19,
  sources: 1,
};

export interface SocketSessionOptions {
  readonly ports: ParticipationPorts;
  readonly outboxes: Outboxes;
  readonly visitor: Visitor;
  onFault(fault: unknown): void;
}

/**
 * One signalling socket: NEW → (join or resume) → IN A MEETING → CLOSED. Messages are handled one after the
 * other, in order. Whatever cannot be read closes the socket: honest clients send nothing of the kind.
 */
export class SocketSession implements Outbox {
  readonly #socket: WebSocket;
  readonly #options: SocketSessionOptions;
  readonly #rate: MessageRate;
  readonly #joinTimer: ReturnType<typeof setTimeout>;
  readonly #silence: ReturnType<typeof setInterval>;
  #lastHeard: number;
  #queued = 0;
  #last: Promise<void> = Promise.resolve();
  #place: Place | null = null;
  #closed = false;

  constructor(socket: WebSocket, options: SocketSessionOptions) {
    this.#socket = socket;
    this.#options = options;
    const now = performance.now();
    this.#rate = new MessageRate(LIMITS.signalRatePerSecond, LIMITS.signalBurst, now);
    this.#lastHeard = now;
    this.#joinTimer = setTimeout(() => this.#close(CLOSE.silent), LIMITS.joinTimeoutMs);
    this.#silence = setInterval(() => this.#checkSilence(), LIMITS.pingIntervalMs);
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    // Control frames cost as much as messages do. Browsers send none by themselves.
    socket.on('ping', () => this.#count());
    socket.on('pong', () => this.#count());
    socket.on('close', (code) => this.#gone(code));
    socket.on('error', () => this.#socket.terminate()); // The `close` event follows and is what counts.
  }

  send(message: ServerMessage): void {
    if (this.#closed) return;
    if (this.#socket.bufferedAmount > maxBufferedBytes) {
      this.#socket.terminate();
      return;
    }
    this.#socket.send(JSON.stringify(message));
  }

  end(reason: LeaveReason): void {
    this.send({ type: 'ended', reason });
    this.#place = null;
    this.#close(CLOSE.ended);
  }

  /** The service stops: the client comes back by itself when it is there again. */
  stop(): void {
    this.#close(CLOSE.stopping);
  }

  /** The sign-in that this socket rests on was ended: whoever came with it goes, whether inside or not yet. */
  signedOut(sessionId: SessionId): void {
    if (this.#options.visitor.account?.sessionId !== sessionId) return;
    if (this.#place !== null) leave(this.#options.ports, this.#place, 'signed-out');
    this.#close(CLOSE.ended);
  }

  #receive(data: RawData, isBinary: boolean): void {
    this.#lastHeard = performance.now();
    if (this.#closed || !this.#count(this.#queued < maxQueued ? 1 : Number.POSITIVE_INFINITY)) return;
    const message = this.#parse(data, isBinary);
    if (message === null || !this.#count(extraCost[message.type] ?? 0)) return;
    this.#queued++;
    this.#last = this.#last.then(async () => {
      this.#queued--;
      await this.#handle(message);
    });
  }

  /** Takes from the rate; the socket that has used it up is closed. */
  #count(cost = 1): boolean {
    if (this.#closed || this.#rate.take(performance.now(), cost)) return true;
    this.#refuse(new ConclaveError('request.rate'), CLOSE.rate);
    return false;
  }

  #parse(data: RawData, isBinary: boolean): ClientMessage | null {
    try {
      if (isBinary) throw new ConclaveError('request.malformed');
      const parsed = ClientMessage.safeParse(parseStrictJson(data.toString(), LIMITS.signalMessageBytes));
      if (parsed.success) return parsed.data;
      this.#refuse(new ConclaveError('request.invalid'), CLOSE.refused);
    } catch (error) {
      this.#refuse(
        error instanceof ConclaveError ? error : new ConclaveError('request.malformed'),
        CLOSE.refused,
      );
    }
    return null;
  }

  async #handle(message: ClientMessage): Promise<void> {
    if (this.#closed) return;
    try {
      const answer = await this.#answer(message);
      if (answer !== null) this.send(answer);
      if (message.type === 'leave') this.#close(CLOSE.ended);
    } catch (error) {
      if (!(error instanceof ConclaveError)) this.#options.onFault(error);
      const known = error instanceof ConclaveError ? error : new ConclaveError('server.internal');
      this.send(toErrorMessage(known, message.request));
    }
  }

  async #answer(message: ClientMessage): Promise<ServerMessage | null> {
    const { ports } = this.#options;
    const { request } = message;
    if (message.type === 'join' || message.type === 'resume') return await this.#enter(message);
    if (message.type === 'ping') return { type: 'ok', request };
    const place = this.#place;
    if (place === null) throw new ConclaveError('protocol.order');
    switch (message.type) {
      case 'offer':
        return { type: 'answer', request, sdp: await negotiate(ports, place, message) };
      case 'sources':
        setSources(ports, place, message.sources);
        return { type: 'ok', request };
      case 'view':
        setView(ports, place, message.view);
        return { type: 'ok', request };
      case 'leave':
        this.#release();
        leave(ports, place, 'left');
        return { type: 'ok', request };
    }
  }

  async #enter(message: Extract<ClientMessage, { type: 'join' | 'resume' }>): Promise<ServerMessage | null> {
    const { ports, visitor, outboxes } = this.#options;
    if (message.version !== PROTOCOL_VERSION) throw new ConclaveError('protocol.version');
    if (this.#place !== null) throw new ConclaveError('protocol.order');
    const place = message.type === 'join' ? await join(ports, visitor, message) : resume(ports, message);
    const before = outboxes.take(place.participantId, this);
    this.#place = place;
    clearTimeout(this.#joinTimer);
    before?.end('replaced');
    if (this.#closed) {
      // The socket went while the passcode was being checked.
      this.#lose(true);
      return null;
    }
    return this.#joined(message.request, place);
  }

  #joined(request: number, { meetingId, participantId, resumeToken }: Place): ServerMessage {
    const { rooms, media } = this.#options.ports;
    const room = rooms.find(meetingId);
    const self = room?.member(participantId);
    if (room === undefined || self === undefined) throw new ConclaveError('resume.unknown');
    return {
      type: 'joined',
      request,
      self: participantId,
      resumeToken,
      meeting: room.state.meeting,
      participants: [...room.state.members.values()].map(toParticipant),
      allowed: self.allowed,
      transportKept: media.isConnected(meetingId, participantId),
    };
  }

  #refuse(error: ConclaveError, closeCode: number): void {
    this.#options.ports.emit({ event: 'request.refused', surface: 'signal', code: error.code });
    this.send(toErrorMessage(error, null));
    this.#close(closeCode);
  }

  #checkSilence(): void {
    if (performance.now() - this.#lastHeard > LIMITS.silenceMs) this.#socket.terminate();
  }

  #close(code: number): void {
    if (this.#closed) return;
    this.#socket.close(code);
    this.#gone(code);
    // A client that does not answer the closing handshake does not keep the connection.
    setTimeout(() => this.#socket.terminate(), 2_000).unref();
  }

  #gone(code: number): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#joinTimer);
    clearInterval(this.#silence);
    this.#lose(code === 1001);
  }

  #lose(pageClosed: boolean): void {
    const place = this.#place;
    if (place !== null && this.#release()) loseSocket(this.#options.ports, place, pageClosed);
  }

  /** @returns whether this socket still had the place. */
  #release(): boolean {
    const place = this.#place;
    this.#place = null;
    return place !== null && this.#options.outboxes.release(place.participantId, this);
  }
}

function toErrorMessage(error: ConclaveError, request: number | null): ServerMessage {
  const { code, message, retryAfterMs } = error;
  return {
    type: 'error',
    request,
    code,
    text: message,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}
