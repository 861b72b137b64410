import type { PacketMemory } from '../native/PacketMemory.ts';
import type { SocketAddress } from './SocketAddress.ts';

/** Where one datagram came from, or goes to; made by a port and good for that port only. */
export interface UdpPeer {
  readonly address: SocketAddress;
}

/** Told of each datagram. The memory holds it until the listener returns. */
export type DatagramListener = (packet: PacketMemory, length: number, source: DatagramSource) => void;

/** Of the datagram that is being told of; another one's at the next. */
export interface DatagramSource {
  /** The same for the same address and port, and for no other. */
  readonly key: string;
  /** What may be kept of it. */
  peer(): UdpPeer;
}

/** A bound UDP socket. */
export interface UdpPort extends Disposable {
  readonly port: number;
  /**
   * Sends the first `length` bytes, which may be written over as soon as it returns. False when it is known by then that
   * they go nowhere: the port is closed, for one.
   */
  send(bytes: Uint8Array, length: number, to: UdpPeer): boolean;
}

export interface UdpPortOptions {
  readonly port: number;
  /** Every address of this machine, of both families, when it is absent. */
  readonly bindAddress?: string | undefined;
  readonly onDatagram: DatagramListener;
}
