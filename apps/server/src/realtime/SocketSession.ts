import {
  CLOSE,
  ClientMessage,
  ConclaveError,
  ERROR_TEXTS,
  type LeaveReason,
  LIMITS,
  PROTOCOL_VERSION,
  type ServerMessage,
  type SessionId,
} from '@conclave/protocol';
import type { RawData, WebSocket } from 'ws';
import { joinBreakout } from '../features/breakout/joinBreakout.ts';
import { join } from '../features/participation/join.ts';
import { leave, loseSocket } from '../features/participation/leave.ts';
import type { ParticipationPorts, Place, Visitor } from '../features/participation/ports.ts';
import { resume } from '../features/participation/resume.ts';
import { parseStrictJson } from '../json/strictJson.ts';
import { socketBufferBytes } from '../policy/group.ts';
import { isWebinar } from '../policy/webinar.ts';
import { committers } from '../rooms/groupState.ts';
import type { Room } from '../rooms/Room.ts';
import { MessageRate } from '../security/MessageRate.ts';
import { answer } from './answer.ts';
import { Door } from './Door.ts';
import { joinedMessage } from './joinedMessage.ts';
import type { MessageLimit } from './limitMessages.ts';
import { type Outbox, type Outboxes, type Written, write } from './Outboxes.ts';
import { tellPending } from './tellGroup.ts';
import { waitingMessage } from './tellLobby.ts';

/** Messages of one socket that wait for their turn. */
const maxQueued = 64;
/** What a message costs beyond one token of the rate: an offer makes a transport, and a change is told to everybody. */
const extraCost: Readonly<Partial<Record<ClientMessage['type'], number>>> = {
  offer: 19,
  relays: 9,
  'file-access': 4,
  sources: 1,
  'direct-consent': 4,
  'direct-report': 1,
  // Everybody else has a commit to process.
  'group-rejoin': 9,
  'group-commit': 1,
  'group-refuse': 1,
  'breakout-ticket': 4,
  'breakout-leave': 4,
  'breakout-help': 4,
  // Told to everybody, or asks people to look.
  moderate: 2,
  'take-stage': 4,
  report: 9,
};
/** Each further one of these costs a token more, bytes. */
const largeStep = 32 * 1024;

export interface SocketSessionOptions {
  readonly ports: ParticipationPorts;
  readonly outboxes: Outboxes;
  readonly visitor: Visitor;
  onFault(fault: unknown): void;
}

/**
 * For the closing handshake (RFC 6455, section 7.1.1). A page that takes its call down on a slow machine is busy for
 * seconds; browsers show a connection that is cut before they have answered as a fault.
 */
const closingMs = 10_000;
/** The same when the service stops, which waits for all of them. */
const stoppingMs = 2_000;
/** What was under way when a socket was told goodbye is a few messages. Whoever goes on is cut off, with the reason unread. */
const mostAfterGoodbye = 500;

/**
 * One signalling socket: NEW → (join or resume) → IN A MEETING → CLOSED. Messages are handled one after the
 * other, in order. Whatever cannot be read closes the socket: honest clients send nothing of the kind.
 */
export class SocketSession implements Outbox, MessageLimit {
  readonly #socket: WebSocket;
  readonly #options: SocketSessionOptions;
  readonly #rate: MessageRate;
  readonly #joinTimer: ReturnType<typeof setTimeout>;
  readonly #silence: ReturnType<typeof setInterval>;
  #lastHeard: number;
  #queued = 0;
  #last: Promise<void> = Promise.resolve();
  #place: Place | null = null;
  readonly #door = new Door();
  #closed = false;
  #afterGoodbye = 0;

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
    if (this.#door.lets(message)) this.#write(write(message));
  }

  sendWritten(message: Written): void {
    if (this.#door.letsWritten) this.#write(message);
  }

  #write(message: Written): void {
    if (this.#closed) return;
    if (this.#socket.bufferedAmount > socketBufferBytes) {
      this.#socket.terminate();
      return;
    }
    this.#socket.send(message, { binary: false });
  }

  end(reason: LeaveReason, by: string | null): void {
    this.send({ type: 'ended', reason, by });
    this.#place = null;
    this.#close(CLOSE.ended);
  }

  admitted(): void {
    const place = this.#place;
    if (place === null) return;
    this.#place = { ...place, waits: false };
    this.#door.open();
    this.#tellEntered(this.#place, { request: null, claim: null });
  }

  /** The service stops: the client comes back by itself when it is there again. */
  stop(): void {
    this.#close(CLOSE.stopping, stoppingMs);
  }

  /** The sign-in that this socket rests on; null for a guest's. */
  get sessionId(): SessionId | null {
    return this.#options.visitor.account?.sessionId ?? null;
  }

  /** The sign-in that this socket rests on was ended: whoever came with it goes, whether inside or not yet. */
  signedOut(sessionId: SessionId): void {
    if (this.#options.visitor.account?.sessionId !== sessionId) return;
    if (this.#place !== null) leave(this.#options.ports, this.#place, 'signed-out');
    this.#close(CLOSE.ended);
  }

  /** Of strangers, and of whoever is not in the group, nothing large is even taken in. */
  get messageBytes(): number {
    const room = this.#groupRoom;
    if (room === null) return LIMITS.signalMessageBytes;
    if (!isWebinar(room.state.rules)) return LIMITS.signalCommitBytes;
    // Of an audience of a thousand nobody commits who is not to.
    const commits = this.#place !== null && committers(room.state).includes(this.#place.participantId);
    return commits ? LIMITS.webinarCommitMessageBytes : LIMITS.signalMessageBytes;
  }

  tooLarge(): void {
    if (this.#closed) return;
    this.#refuse(new ConclaveError('request.too_large'), CLOSE.tooLarge);
    this.#socket.terminate();
  }

  #receive(data: RawData, isBinary: boolean): void {
    this.#lastHeard = performance.now();
    if (!this.#count(this.#queued < maxQueued ? 1 : Number.POSITIVE_INFINITY)) return;
    const text = data.toString();
    const excess = Math.max(0, Buffer.byteLength(text) - LIMITS.signalMessageBytes);
    if (!this.#count(Math.ceil(excess / largeStep))) return;
    const message = this.#parse(text, isBinary);
    if (message === null || !this.#count(extraCost[message.type] ?? 0)) return;
    this.#queued++;
    this.#last = this.#last.then(async () => {
      this.#queued--;
      await this.#handle(message);
    });
  }

  /** Takes from the rate; the socket that has used it up is closed. */
  #count(cost = 1): boolean {
    if (this.#closed) {
      if (++this.#afterGoodbye > mostAfterGoodbye) this.#socket.terminate();
      return false;
    }
    if (this.#rate.take(performance.now(), cost)) return true;
    this.#refuse(new ConclaveError('request.rate'), CLOSE.rate);
    return false;
  }

  #parse(text: string, isBinary: boolean): ClientMessage | null {
    try {
      if (isBinary) throw new ConclaveError('request.malformed');
      const parsed = ClientMessage.safeParse(parseStrictJson(text, this.messageBytes));
      if (parsed.success) {
        if (Buffer.byteLength(text) > LIMITS.signalMessageBytes && parsed.data.type !== 'group-commit')
          throw new ConclaveError('request.too_large');
        this.#checkCommit(parsed.data);
        return parsed.data;
      }
      this.#refuse(new ConclaveError('request.invalid'), CLOSE.refused);
    } catch (error) {
      this.#refuse(
        error instanceof ConclaveError ? error : new ConclaveError('request.malformed'),
        CLOSE.refused,
      );
    }
    return null;
  }

  /** What only webinars need is taken only there. */
  #checkCommit(message: ClientMessage): void {
    if (message.type !== 'group-commit') return;
    const room = this.#groupRoom;
    if (room !== null && isWebinar(room.state.rules)) return;
    const fits = (text: string, bytes: number) => text.length <= Math.ceil((bytes * 4) / 3);
    const { commit, welcome } = message;
    if (!fits(commit, LIMITS.groupCommitBytes) || !fits(welcome ?? '', LIMITS.groupWelcomeBytes))
      throw new ConclaveError('request.too_large');
  }

  async #handle(message: ClientMessage): Promise<void> {
    if (this.#closed) return;
    try {
      await this.#answer(message);
      if (message.type === 'leave') this.#close(CLOSE.ended);
    } catch (error) {
      if (!(error instanceof ConclaveError)) this.#options.onFault(error);
      const known = error instanceof ConclaveError ? error : new ConclaveError('server.internal');
      this.send(toErrorMessage(known, message.request));
    }
  }

  async #answer(message: ClientMessage): Promise<void> {
    if (message.type === 'join' || message.type === 'join-breakout' || message.type === 'resume') {
      await this.#enter(message);
      return;
    }
    if (message.type === 'ping') {
      this.send({ type: 'ok', request: message.request });
      return;
    }
    const place = this.#place;
    if (place === null) throw new ConclaveError('protocol.order');
    // Deny by default: at the door there is nothing to ask for.
    if (place.waits && message.type !== 'leave') throw new ConclaveError('protocol.order');
    if (message.type === 'leave') this.#release();
    this.send(await answer(this.#options.ports, place, message));
    if (message.type === 'group-rejoin') this.#tellPending(place);
  }

  async #enter(message: Entrance): Promise<void> {
    const { ports, visitor, outboxes } = this.#options;
    if (message.version !== PROTOCOL_VERSION) throw new ConclaveError('protocol.version');
    if (this.#place !== null) throw new ConclaveError('protocol.order');
    const place = await enter(ports, visitor, message);
    const before = outboxes.take(place.participantId, this);
    this.#place = place;
    this.#setDoor(place);
    clearTimeout(this.#joinTimer);
    before?.end('replaced', null);
    // The socket may have gone while the passcode was being checked.
    if (this.#closed) this.#lose(true);
    else this.#answerEntry(message, place);
  }

  /** In one go: nothing of what happens next is told before the answer. */
  #answerEntry(message: Entrance, place: Place): void {
    const { request } = message;
    const room = this.#options.ports.rooms.find(place.meetingId);
    // Somebody may have let them in, or turned them away, before this socket was known to be theirs.
    const waits = room?.state.lobby.has(place.participantId) ?? false;
    this.#place = { ...place, waits };
    this.#setDoor({ waits });
    if (waits && room !== undefined) this.send(waitingMessage(room, place.participantId, request));
    else this.#tellEntered(place, { request, claim: message.type === 'resume' ? message.group : null });
  }

  #setDoor({ waits }: Pick<Place, 'waits'>): void {
    if (waits) this.#door.close();
    else this.#door.open();
  }

  #tellEntered(place: Place, to: Parameters<typeof joinedMessage>[2]): void {
    const joined = joinedMessage(this.#options.ports, place, to);
    if (joined === null) throw new ConclaveError('resume.unknown');
    this.send(joined);
    // Without a new transport the media plane has no reason to say again what it said to a socket that was lost.
    if (joined.transportKept) this.#options.outboxes.repeat(place.participantId);
    this.#tellPending(place);
  }

  /** What a member has not heard, having just become one or having been away. */
  #tellPending({ meetingId, participantId }: Place): void {
    const room = this.#options.ports.rooms.find(meetingId);
    if (room !== undefined && committers(room.state).includes(participantId))
      tellPending(room, this.#options.outboxes, [participantId]);
  }

  /** Where this one is a member of the group. */
  get #groupRoom(): Room | null {
    const place = this.#place;
    const room = place === null ? undefined : this.#options.ports.rooms.find(place.meetingId);
    return place !== null && room !== undefined && isMember(room, place.participantId) ? room : null;
  }

  #refuse(error: ConclaveError, closeCode: number): void {
    this.#options.ports.emit({ event: 'request.refused', surface: 'signal', code: error.code });
    this.send(toErrorMessage(error, null));
    this.#close(closeCode);
  }

  #checkSilence(): void {
    if (performance.now() - this.#lastHeard > LIMITS.silenceMs) this.#socket.terminate();
  }

  #close(code: number, withinMs = closingMs): void {
    if (this.#closed) return;
    this.#socket.close(code);
    this.#gone(code);
    // A client that does not answer the closing handshake does not keep the connection.
    setTimeout(() => this.#socket.terminate(), withinMs).unref();
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

type Entrance = Extract<ClientMessage, { type: 'join' | 'join-breakout' | 'resume' }>;

async function enter(ports: ParticipationPorts, visitor: Visitor, message: Entrance): Promise<Place> {
  switch (message.type) {
    case 'join':
      return await join(ports, visitor, message);
    case 'join-breakout':
      return joinBreakout(ports, visitor, message);
    case 'resume':
      return resume(ports, message);
  }
}

function isMember(room: Room, id: Place['participantId']): boolean {
  return room.state.group.seats.get(id)?.status === 'member';
}

function toErrorMessage(error: ConclaveError, request: number | null): ServerMessage {
  const { code, retryAfterMs } = error;
  return {
    type: 'error',
    request,
    code,
    text: ERROR_TEXTS[code],
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}
