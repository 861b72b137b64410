import { createSocket, type Socket as DatagramSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { FrameReader, frame } from '../transport/tcp/framing.ts';

/**
 * What a browser does with a passive TCP candidate, for a peer that speaks UDP only: packets to `port` go over one
 * connection in frames, and what comes back goes to whoever sent first.
 */
export class TcpPath implements Disposable {
  readonly port: number;
  readonly socket: Socket;
  readonly #local: DatagramSocket;
  #peer: number | null = null;

  private constructor(local: DatagramSocket, socket: Socket) {
    this.#local = local;
    this.socket = socket;
    this.port = local.address().port;
    const reader = new FrameReader();
    local.on('message', (packet, from) => {
      this.#peer = from.port;
      if (socket.writable) socket.write(frame(packet));
    });
    socket.on('data', (chunk: Buffer) =>
      reader.push(chunk, (packet) => {
        if (this.#peer !== null) local.send(packet, this.#peer, '127.0.0.1');
      }),
    );
    socket.on('error', () => {});
  }

  static async open(tcpPort: number): Promise<TcpPath> {
    const socket = connect(tcpPort, '127.0.0.1');
    await once(socket, 'connect');
    const local = createSocket('udp4');
    local.bind(0, '127.0.0.1');
    await once(local, 'listening');
    return new TcpPath(local, socket);
  }

  /** The answer as a browser sees it that can reach the server over this path alone. */
  only(answer: string): string {
    const [first, ...others] = answer.split('\r\n').filter((line) => line.startsWith('a=candidate:'));
    const candidate = `a=candidate:1 1 UDP 2122317823 127.0.0.1 ${this.port} typ host`;
    return others
      .reduce((sdp, line) => sdp.replace(`${line}\r\n`, ''), answer)
      .replace(first ?? '', candidate);
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
    this.#local.close();
  }
}
