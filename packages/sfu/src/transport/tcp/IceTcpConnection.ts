import type { Socket } from 'node:net';
import { RateLimit } from '../../receive/RateLimit.ts';
import { type FaultListener, guarded } from '../guard.ts';
import { PacketMemory } from '../native/PacketMemory.ts';
import type { PeerPath } from '../PeerPath.ts';
import { type SocketAddress, toSocketAddress } from '../udp/SocketAddress.ts';
import { FrameReader, frame } from './framing.ts';

export interface IceTcpTimes {
  /** For the first packet, ms. */
  readonly admission: number;
  /** Without a whole packet from the other end, ms. Browsers check idle pairs every 25 s at the latest. */
  readonly idle: number;
}

/** Where packets of connections go. */
export interface TcpReceiver {
  /** The first packet of a connection. True: it is a genuine check, and has been answered. */
  admit(connection: IceTcpConnection, packet: Buffer): boolean;
  /** A packet of an admitted connection. The memory holds it until this returns. */
  deliver(connection: IceTcpConnection, packet: PacketMemory, length: number): void;
  /** An admitted connection has ended, whoever ended it. */
  onClosed(connection: IceTcpConnection): void;
}

export interface IceTcpConnectionOptions {
  readonly receiver: TcpReceiver;
  readonly times: IceTcpTimes;
  readonly onFault: FaultListener;
  readonly onAdmitted: () => void;
  readonly onClosed: () => void;
}

/** What one connection may bring: all that a peer may send, media and RTCP. More would be dropped further on anyway. */
const RATE = { bitsPerSecond: 10_000_000, packetsPerSecond: 3_500, burst: 1_000 };
/** What is over it is lost, and what comes behind it waits at the sender, as TCP has it; ms until we read again. */
const HOLD = 50;

/** Bytes that may wait for a slow network. More would only arrive late: at 2 Mbit/s this is a quarter of a second. */
const MAX_WAITING = 64 * 1024;

/** What came in last, of whichever connection. */
const incoming = new PacketMemory();

/**
 * One ICE-TCP connection (RFC 6544): PENDING → ADMITTED → CLOSED. It is admitted by its first packet, a connectivity
 * check made with the password of a living transport; from then on it is one more path to that browser.
 */
export class IceTcpConnection implements PeerPath {
  readonly #socket: Socket;
  readonly #options: IceTcpConnectionOptions;
  readonly #reader = new FrameReader();
  readonly #limit = new RateLimit(RATE);
  #timer: NodeJS.Timeout;
  #state: 'pending' | 'admitted' | 'closed' = 'pending';

  constructor(socket: Socket, options: IceTcpConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#timer = setTimeout(() => this.close(), options.times.admission);
    socket.setNoDelay(true);
    socket.on(
      'data',
      guarded('tcp', (chunk: Buffer) => this.#read(chunk), options.onFault),
    );
    socket.on('error', () => this.close());
    socket.on('close', () => this.close());
    // Whoever has nothing more to say is not worth answering either.
    socket.on('end', () => this.close());
  }

  /** Of the other end. Null when it is already gone. */
  get source(): SocketAddress | null {
    const { remoteAddress, remotePort } = this.#socket;
    return remoteAddress === undefined || remotePort === undefined
      ? null
      : toSocketAddress(remoteAddress, remotePort);
  }

  send(bytes: Uint8Array, length: number): boolean {
    if (this.#state === 'closed' || this.#socket.writableLength > MAX_WAITING) return false;
    this.#socket.write(frame(bytes.subarray(0, length)));
    return true;
  }

  close(): void {
    const former = this.#state;
    if (former === 'closed') return;
    this.#state = 'closed';
    clearTimeout(this.#timer);
    this.#socket.destroy();
    this.#options.onClosed();
    if (former === 'admitted') this.#options.receiver.onClosed(this);
  }

  get #isClosed(): boolean {
    return this.#state === 'closed';
  }

  #read(chunk: Buffer): void {
    if (this.#isClosed) return;
    if (!this.#reader.push(chunk, (packet) => this.#take(packet))) this.close();
  }

  #take(packet: Buffer): void {
    if (this.#state === 'closed') return;
    if (this.#state === 'pending') {
      this.#admit(packet);
      return;
    }
    this.#timer.refresh();
    if (!this.#limit.allow(packet.length, performance.now())) {
      this.#hold();
      return;
    }
    incoming.bytes.set(packet);
    this.#options.receiver.deliver(this, incoming, packet.length);
  }

  /** Every packet costs our one thread time, before anybody can tell whether it is worth it. */
  #hold(): void {
    if (this.#socket.isPaused()) return;
    this.#socket.pause();
    setTimeout(() => {
      if (this.#state !== 'closed') this.#socket.resume();
    }, HOLD).unref();
  }

  #admit(packet: Buffer): void {
    const { receiver, times, onAdmitted } = this.#options;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.close(), times.idle);
    const genuine = receiver.admit(this, packet);
    // Who was told of the check may have closed us already.
    if (this.#isClosed) return;
    if (!genuine) {
      this.close();
      return;
    }
    this.#state = 'admitted';
    onAdmitted();
  }
}
