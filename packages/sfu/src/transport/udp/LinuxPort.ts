import type { RemoteInfo } from 'node:dgram';
import { native } from '../native/library.ts';
import { PACKET_BYTES, PacketMemory } from '../native/PacketMemory.ts';
import { Departures, LinuxPeer } from './Departures.ts';
import {
  ADDRESS_BYTES,
  AF_INET,
  closeSocket,
  type Family,
  type LinuxSocket,
  openSocket,
  readAddress,
  writeAddress,
} from './linuxSocket.ts';
import { toSocketAddress } from './SocketAddress.ts';
import type { DatagramListener, DatagramSource, UdpPeer, UdpPort, UdpPortOptions } from './UdpPort.ts';
import { WakeUps } from './WakeUps.ts';

const recvfrom = native('long', 'recvfrom', ['int', 'bytes', 'size', 'int', 'bytes', 'bytes']);

/** Nobody waits; the length is that of the datagram, also of one that was cut. */
const MSG_DONTWAIT_TRUNC = 0x40 | 0x20;
/** Datagrams taken in one go, and ms that this may take, before others get their turn: one may lead to hundreds. */
const MOST_AT_ONCE = 128;
const LONGEST = 5;
/** Datagrams before what they led to goes out. */
const FLUSH_EVERY = 8;

/**
 * A UDP port by the system's own calls: Node's cost three times as much for a datagram that goes out. What goes out
 * waits until all that is to be done now is done: then what goes to one peer goes in one call.
 */
export class LinuxPort implements UdpPort {
  readonly port: number;
  readonly #descriptor: number;
  readonly #family: Family;
  readonly #departures: Departures;
  readonly #onDatagram: DatagramListener;
  readonly #memory = new PacketMemory();
  readonly #source: Source;
  readonly #sourceLength = new Uint8Array(4);
  readonly #wakeUps: WakeUps;

  private constructor({ descriptor, family, port }: LinuxSocket, { onDatagram }: UdpPortOptions) {
    this.port = port;
    this.#descriptor = descriptor;
    this.#family = family;
    this.#departures = new Departures(descriptor);
    this.#onDatagram = onDatagram;
    this.#source = new Source(family);
    new DataView(this.#sourceLength.buffer).setInt32(0, ADDRESS_BYTES[family], true);
    this.#wakeUps = new WakeUps(descriptor, family === AF_INET ? 'udp4' : 'udp6', {
      onDatagram: (datagram, from) => this.#takeRead(datagram, from),
      takeAll: () => this.#takeAll(),
    });
  }

  static async open({ port, bindAddress, ...options }: UdpPortOptions): Promise<LinuxPort> {
    const socket = openSocket(port, bindAddress);
    try {
      return new LinuxPort(socket, { port, ...options });
    } catch (error) {
      closeSocket(socket.descriptor);
      throw error;
    }
  }

  send(bytes: Uint8Array, length: number, to: UdpPeer): boolean {
    return to instanceof LinuxPeer && this.#departures.add(bytes, length, to);
  }

  [Symbol.dispose](): void {
    if (this.#departures.isClosed) return;
    // From here on the number may be another file's.
    this.#departures[Symbol.dispose]();
    this.#wakeUps[Symbol.dispose]();
    closeSocket(this.#descriptor);
  }

  /** One that Node has read. */
  #takeRead(datagram: Buffer, from: RemoteInfo): void {
    if (this.#departures.isClosed || datagram.length > PACKET_BYTES) return;
    this.#memory.bytes.set(datagram);
    writeAddress(this.#source.native, this.#family, toSocketAddress(from.address, from.port));
    this.#onDatagram(this.#memory, datagram.length, this.#source);
  }

  /** @returns how many there were */
  #takeAll(): number {
    const { bytes } = this.#memory;
    const from = this.#source.native;
    const begun = performance.now();
    let taken = 0;
    while (taken < MOST_AT_ONCE && !this.#departures.isClosed) {
      const length = recvfrom(
        this.#descriptor,
        bytes,
        PACKET_BYTES,
        MSG_DONTWAIT_TRUNC,
        from,
        this.#sourceLength,
      );
      if (length < 0) break;
      taken += 1;
      if (length <= PACKET_BYTES) this.#onDatagram(this.#memory, length, this.#source);
      if (taken % FLUSH_EVERY !== 0) continue;
      this.#departures.flush();
      // There may be more, so this counts as busy.
      if (performance.now() - begun > LONGEST) return MOST_AT_ONCE;
    }
    return taken;
  }
}

class Source implements DatagramSource {
  readonly native: Buffer;
  readonly #family: Family;

  constructor(family: Family) {
    this.#family = family;
    this.native = Buffer.alloc(ADDRESS_BYTES[family]);
  }

  /** Port and address, and the interface where there is one. */
  get key(): string {
    return this.native.toString('latin1', 2, this.#family === AF_INET ? 8 : this.native.length);
  }

  peer(): LinuxPeer {
    const native = Buffer.from(this.native);
    return new LinuxPeer(native, readAddress(native, this.#family));
  }
}
