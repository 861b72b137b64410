import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { PACKET_BYTES, PacketMemory } from '../native/PacketMemory.ts';
import { type SocketAddress, toSocketAddress } from './SocketAddress.ts';
import type { DatagramSource, UdpPeer, UdpPort, UdpPortOptions } from './UdpPort.ts';

/** Bytes that may wait to go out. */
const MOST_QUEUED = 4 * 1_024 * 1_024;

interface DgramPeer extends UdpPeer {
  readonly host: string;
}

/** A UDP port by Node's own means, on every system. */
export class DgramPort implements UdpPort {
  readonly port: number;
  readonly #socket: Socket;
  readonly #memory = new PacketMemory();
  #closed = false;

  private constructor(socket: Socket, { onDatagram }: UdpPortOptions) {
    this.#socket = socket;
    this.port = socket.address().port;
    socket.on('message', (datagram, from) => {
      if (datagram.length > PACKET_BYTES) return;
      this.#memory.bytes.set(datagram);
      onDatagram(this.#memory, datagram.length, sourceOf(from));
    });
    // An address that cannot be reached at the moment, for one: the others can.
    socket.on('error', () => {});
  }

  static async open(options: UdpPortOptions): Promise<DgramPort> {
    const { port, bindAddress } = options;
    const socket =
      bindAddress === undefined
        ? await bind(port, '::').catch((error: NodeJS.ErrnoException) => {
            // A machine without IPv6 has no such sockets at all.
            if (error.code === 'EADDRINUSE') throw error;
            return bind(port, '0.0.0.0');
          })
        : await bind(port, bindAddress);
    return new DgramPort(socket, options);
  }

  send(bytes: Uint8Array, length: number, to: UdpPeer): boolean {
    if (this.#closed || this.#socket.getSendQueueSize() > MOST_QUEUED) return false;
    const { host, address } = to as DgramPeer;
    // It is sent when Node comes to it, so it needs bytes of its own.
    this.#socket.send(Buffer.from(bytes.subarray(0, length)), address.port, host, () => {});
    return true;
  }

  [Symbol.dispose](): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.close();
  }
}

async function bind(port: number, address: string): Promise<Socket> {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  socket.bind({ port, address, exclusive: true });
  await once(socket, 'listening').catch((error) => {
    socket.close();
    throw error;
  });
  return socket;
}

function sourceOf({ address: host, port }: RemoteInfo): DatagramSource {
  return {
    key: `${host} ${port}`,
    peer: () => {
      const address: SocketAddress = toSocketAddress(host, port);
      return { address, host } satisfies DgramPeer;
    },
  };
}
