import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

export interface Impairment {
  /** Share of datagrams that are lost, 0 to 1, each way. */
  readonly loss?: number;
  /** ms, each way. */
  readonly delay?: number;
  /** bit/s towards the clients; what waits longer than `queue` ms is lost. */
  readonly bitrate?: number;
  readonly queue?: number;
}

/**
 * A bad network path in front of a media worker, for tests: clients send to its port instead of the worker's. Works
 * without any help from the operating system.
 */
export class LossyPath implements Disposable {
  impairment: Impairment = {};
  readonly #front: Socket;
  readonly #clients = new Map<string, { socket: Socket; freeAt: number }>();
  readonly #target: { address: string; port: number };

  private constructor(front: Socket, target: { address: string; port: number }) {
    this.#front = front;
    this.#target = target;
    front.on('message', (data, from) => {
      const client = this.#clientOf(from.address, from.port);
      this.#pass(() => client.socket.send(data, target.port, target.address));
    });
  }

  /** Listens at the address of `target`, on a port of its own. */
  static async open(target: { address: string; port: number }): Promise<LossyPath> {
    const front = createSocket('udp4');
    front.bind(0, target.address);
    await once(front, 'listening');
    return new LossyPath(front, target);
  }

  get port(): number {
    return this.#front.address().port;
  }

  [Symbol.dispose](): void {
    this.#front.close();
    for (const { socket } of this.#clients.values()) socket.close();
  }

  #clientOf(address: string, port: number): { socket: Socket; freeAt: number } {
    const name = `${address}:${port}`;
    const known = this.#clients.get(name);
    if (known) return known;
    const client = { socket: createSocket('udp4'), freeAt: 0 };
    this.#clients.set(name, client);
    client.socket.on('message', (data) => {
      const { bitrate, queue = 200 } = this.impairment;
      const now = performance.now();
      let wait = 0;
      if (bitrate !== undefined) {
        wait = Math.max(0, client.freeAt - now);
        if (wait > queue) return;
        client.freeAt = now + wait + (data.length * 8_000) / bitrate;
      }
      this.#pass(() => this.#front.send(data, port, address), wait);
    });
    client.socket.bind(0, this.#target.address);
    return client;
  }

  #pass(send: () => void, wait = 0): void {
    const { loss = 0, delay = 0 } = this.impairment;
    if (Math.random() < loss) return;
    const guarded = (): void => {
      try {
        send();
      } catch {
        // Closed while it was on its way.
      }
    };
    if (delay + wait > 0) setTimeout(guarded, delay + wait);
    else guarded();
  }
}
