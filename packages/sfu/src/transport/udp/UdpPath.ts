import type { MediaTransport } from '../MediaTransport.ts';
import type { PeerPath } from '../PeerPath.ts';
import type { SocketAddress } from './SocketAddress.ts';
import type { UdpPeer, UdpPort } from './UdpPort.ts';

/** One address of a browser. */
export class UdpPath implements PeerPath {
  /** Of the source, as the port tells it. */
  readonly key: string;
  readonly transport: MediaTransport;
  readonly #port: UdpPort;
  readonly #peer: UdpPeer;

  constructor(port: UdpPort, peer: UdpPeer, key: string, transport: MediaTransport) {
    this.key = key;
    this.transport = transport;
    this.#port = port;
    this.#peer = peer;
  }

  get address(): SocketAddress {
    return this.#peer.address;
  }

  send(bytes: Uint8Array, length: number): boolean {
    return this.#port.send(bytes, length, this.#peer);
  }

  /** There is nothing to close: the port is everybody's. */
  close(): void {}
}
