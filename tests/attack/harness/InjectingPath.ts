import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

const HOST = '127.0.0.1';

/**
 * Somebody on the path of one client: sees every datagram, and can send others that look exactly like the client's or
 * the worker's, since they come from the same socket.
 */
export class InjectingPath implements Disposable {
  /** Where the client sends to instead of to the worker. */
  readonly port: number;
  /** From the client, in order; the newest 2,000. */
  readonly seen: Buffer[] = [];
  /** Told of each datagram of the client before it is passed on. */
  onClient: (data: Buffer) => void = () => {};
  readonly #front: Socket;
  readonly #back: Socket;
  readonly #workerPort: number;
  #client: { readonly address: string; readonly port: number } | null = null;

  private constructor(front: Socket, back: Socket, workerPort: number) {
    this.port = front.address().port;
    this.#front = front;
    this.#back = back;
    this.#workerPort = workerPort;
    front.on('message', (data, from) => {
      this.#client ??= { address: from.address, port: from.port };
      // Of several candidates of the client one path is enough.
      if (from.port !== this.#client.port) return;
      if (this.seen.length < 2_000) this.seen.push(data);
      this.onClient(data);
      this.inject(data);
    });
    back.on('message', (data) => {
      if (this.#client !== null) front.send(data, this.#client.port, this.#client.address);
    });
  }

  static async open(workerPort: number): Promise<InjectingPath> {
    const sockets = [createSocket('udp4'), createSocket('udp4')] as const;
    for (const socket of sockets) socket.bind(0, HOST);
    await Promise.all(sockets.map((socket) => once(socket, 'listening')));
    return new InjectingPath(...sockets, workerPort);
  }

  /** To the worker, in the name of the client. */
  inject(data: Uint8Array): void {
    this.#back.send(data, this.#workerPort, HOST);
  }

  [Symbol.dispose](): void {
    this.#front.close();
    this.#back.close();
  }
}
