import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { FaultListener } from '../guard.ts';
import { addressGroup } from './addressGroup.ts';
import { IceTcpConnection, type IceTcpTimes, type TcpReceiver } from './IceTcpConnection.ts';

export interface IceTcpLimits {
  readonly total: number;
  /** A whole office may sit behind one address. */
  readonly perAddress: number;
  /** Connections that have not shown a check yet. Beyond it the oldest makes room: an honest one needs one round trip. */
  readonly pending: number;
  readonly pendingPerAddress: number;
}

export interface IceTcpOptions {
  readonly tcpPort: number;
  /** Every address of this machine when it is absent. */
  readonly bindAddress?: string | undefined;
  readonly receiver: TcpReceiver;
  readonly onFault: FaultListener;
  readonly limits?: IceTcpLimits;
  readonly times?: IceTcpTimes;
}

const LIMITS: IceTcpLimits = {
  total: 1_000,
  perAddress: 300,
  pending: 200,
  pendingPerAddress: 50,
};
const TIMES: IceTcpTimes = { admission: 5_000, idle: 60_000 };

/** The TCP port of a worker: passive ICE-TCP (RFC 6544) for all its transports. */
export class IceTcpListener implements Disposable {
  readonly #server: Server;
  readonly #options: IceTcpOptions;
  readonly #limits: IceTcpLimits;
  readonly #connections = new Map<IceTcpConnection, string>();
  readonly #perAddress = new Map<string, number>();
  /** In the order of coming. */
  readonly #pending = new Map<IceTcpConnection, string>();

  private constructor(server: Server, options: IceTcpOptions) {
    this.#server = server;
    this.#options = options;
    this.#limits = options.limits ?? LIMITS;
    server.on('connection', (socket) => this.#accept(socket));
    // Out of file descriptors, for one: those who are connected stay.
    server.on('error', () => {});
  }

  /** Resolves when the port is ours. Rejects when it cannot be had. */
  static async open(options: IceTcpOptions): Promise<IceTcpListener> {
    const server = createServer({ noDelay: true, pauseOnConnect: false });
    const listener = new IceTcpListener(server, options);
    const { tcpPort: port, bindAddress: host } = options;
    server.listen({ port, ...(host === undefined ? {} : { host }) });
    await once(server, 'listening');
    return listener;
  }

  get size(): number {
    return this.#connections.size;
  }

  [Symbol.dispose](): void {
    this.#server.close();
    for (const connection of [...this.#connections.keys()]) connection.close();
  }

  #accept(socket: Socket): void {
    const group = addressGroup(socket.remoteAddress);
    if (group === null || !this.#hasRoom(group)) {
      socket.on('error', () => {});
      socket.resetAndDestroy();
      return;
    }
    const { receiver, onFault, times = TIMES } = this.#options;
    const connection: IceTcpConnection = new IceTcpConnection(socket, {
      receiver,
      times,
      onFault,
      onAdmitted: () => this.#pending.delete(connection),
      onClosed: () => this.#forget(connection),
    });
    this.#connections.set(connection, group);
    this.#perAddress.set(group, (this.#perAddress.get(group) ?? 0) + 1);
    this.#pending.set(connection, group);
    this.#makeRoom();
  }

  #hasRoom(group: string): boolean {
    const { total, perAddress, pendingPerAddress } = this.#limits;
    if (this.#connections.size >= total || (this.#perAddress.get(group) ?? 0) >= perAddress) return false;
    let pending = 0;
    for (const each of this.#pending.values()) if (each === group) pending += 1;
    return pending < pendingPerAddress;
  }

  #makeRoom(): void {
    const [oldest] = this.#pending.keys();
    if (this.#pending.size > this.#limits.pending) oldest?.close();
  }

  #forget(connection: IceTcpConnection): void {
    const group = this.#connections.get(connection);
    this.#connections.delete(connection);
    this.#pending.delete(connection);
    if (group === undefined) return;
    const left = (this.#perAddress.get(group) ?? 1) - 1;
    if (left > 0) this.#perAddress.set(group, left);
    else this.#perAddress.delete(group);
  }
}
