import { lastError, native } from '../native/library.ts';
import { Batch } from './Batch.ts';
import type { SocketAddress } from './SocketAddress.ts';
import type { UdpPeer } from './UdpPort.ts';

const sendto = native('long', 'sendto', ['int', 'bytes', 'size', 'int', 'bytes', 'int']);
const setsockopt = native('int', 'setsockopt', ['int', 'int', 'int', 'bytes', 'int']);

const SOL_UDP = 17;
const UDP_SEGMENT = 103;
const MSG_DONTWAIT = 0x40;
/** EIO, EINVAL, EMSGSIZE: a network card, or a path whose packets are smaller than ours (udp(7)). */
const REFUSALS = new Set([5, 22, 90]);

/**
 * Batches that there are at most, 20 kB each: one for everybody in a large meeting. None of them is ever thrown away, for
 * memory outside of the heap that comes and goes makes V8 collect all the time (with 400 receivers and 64 that were kept
 * it was four tenths of what a worker did).
 */
const MOST_BATCHES = 512;

/** Where datagrams of a `LinuxPort` go. */
export class LinuxPeer implements UdpPeer {
  /** `struct sockaddr_in` or `sockaddr_in6`. */
  readonly native: Buffer;
  readonly address: SocketAddress;
  /** What waits to go there. */
  batch: Batch | null = null;
  /** The way there takes datagrams only one by one. */
  refusesSegments = false;

  constructor(native: Buffer, address: SocketAddress) {
    this.native = native;
    this.address = address;
  }
}

/**
 * What goes out of a socket. Datagrams of one length to one peer, the last of which may be shorter, leave in one call
 * (UDP generic segmentation offload, Linux 4.18): the way through the kernel is most of what a datagram costs, and is
 * then gone once for all of them. They leave at the end of what is being done now, in the order of coming for each peer.
 */
export class Departures implements Disposable {
  readonly #descriptor: number;
  /** Those who have a batch. */
  readonly #waiting: LinuxPeer[] = [];
  readonly #spare: Batch[] = [];
  readonly #option = Buffer.alloc(4);
  /** The socket's `UDP_SEGMENT`: what is longer is cut into datagrams of this length. 0: nothing is cut. */
  #segment = 0;
  #isScheduled = false;
  #isClosed = false;
  readonly #leave = (): void => {
    this.#isScheduled = false;
    if (!this.#isClosed) this.flush();
  };

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Takes a copy of a datagram. False when it cannot go anywhere. */
  add(bytes: Uint8Array, length: number, to: LinuxPeer): boolean {
    if (this.#isClosed || length > bytes.length) return false;
    if (to.batch !== null && !(to.batch.takes(length) && !to.refusesSegments)) this.#depart(to, to.batch);
    if (to.batch === null) {
      if (this.#waiting.length === MOST_BATCHES) this.flush();
      to.batch = this.#spare.pop() ?? new Batch();
      to.batch.clear();
      this.#waiting.push(to);
      this.#schedule();
    }
    to.batch.add(bytes, length);
    return true;
  }

  /** Everything leaves now. */
  flush(): void {
    for (const peer of this.#waiting) {
      const { batch } = peer;
      if (batch === null) continue;
      this.#depart(peer, batch);
      this.#spare.push(batch);
      peer.batch = null;
    }
    this.#waiting.length = 0;
  }

  /** What waits still leaves; nothing does after that. */
  [Symbol.dispose](): void {
    this.flush();
    this.#isClosed = true;
  }

  /** At the end of the callback of the event loop that runs now. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(this.#leave);
  }

  /** The batch is empty after that. What the system has no room for is lost, as on any network. */
  #depart(peer: LinuxPeer, batch: Batch): void {
    const { count, segment, length } = batch;
    if (count === 1) this.#sendOne(peer, batch.bytes, length);
    else if (count > 1 && !this.#sendSegments(peer, batch)) {
      peer.refusesSegments = true;
      for (let at = 0; at < length; at += segment)
        this.#sendOne(peer, batch.from(at), Math.min(segment, length - at));
    }
    batch.clear();
  }

  /** False when neither this system nor this path takes datagrams so. */
  #sendSegments(peer: LinuxPeer, { bytes, length, segment }: Batch): boolean {
    if (this.#segment !== segment && !this.#setSegment(segment)) return false;
    return this.#send(peer, bytes, length) || !REFUSALS.has(lastError());
  }

  #sendOne(peer: LinuxPeer, bytes: Uint8Array, length: number): void {
    // Before Linux 6.14 a segment that is longer than the path's packets is refused even where nothing is cut.
    if (this.#segment > 0 && (length > this.#segment || peer.refusesSegments)) this.#setSegment(0);
    if (this.#send(peer, bytes, length) || this.#segment === 0 || !REFUSALS.has(lastError())) return;
    this.#setSegment(0);
    this.#send(peer, bytes, length);
  }

  #send({ native: address }: LinuxPeer, bytes: Uint8Array, length: number): boolean {
    return sendto(this.#descriptor, bytes, length, MSG_DONTWAIT, address, address.length) === length;
  }

  #setSegment(bytes: number): boolean {
    this.#option.writeInt32LE(bytes);
    if (setsockopt(this.#descriptor, SOL_UDP, UDP_SEGMENT, this.#option, this.#option.length) !== 0)
      return false;
    this.#segment = bytes;
    return true;
  }
}
