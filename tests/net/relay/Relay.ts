import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { DepartureQueue } from './DepartureQueue.ts';
import type { PathCounts, RelayCounts, RelayOptions } from './messages.ts';
import { Path, type PathImpairment } from './Path.ts';
import { seededRandom } from './random.ts';

/** Everything between one client and the server. */
interface Route {
  readonly up: Direction;
  readonly down: Direction;
}

interface Direction {
  readonly path: Path;
  readonly counts: { -readonly [key in keyof PathCounts]: number };
}

interface Flow {
  readonly address: string;
  readonly port: number;
  upstream: Socket;
}

/** Departures closer than this leave together, ms: timers are no finer. */
const grain = 0.5;
// The address is one already: nothing is to be looked up, and not one turn of the loop later.
const lookup: (
  host: string,
  options: unknown,
  found: (error: null, address: string, family: number) => void,
) => void = (host, _options, found) => found(null, host, 4);

/**
 * A bad network in user space: stands at an address of its own in front of the server, and each client's datagrams take a
 * path through it in each direction. Clients are told apart by address; each of their ports has a port of ours.
 */
export class Relay implements Disposable {
  readonly #options: RelayOptions;
  readonly #front: Socket;
  readonly #routes = new Map<string, Route>();
  readonly #flows = new Map<string, Flow>();
  readonly #departures = new DepartureQueue<() => void>();
  #timer: NodeJS.Timeout | null = null;
  #timerAt = Number.POSITIVE_INFINITY;
  #closed = false;

  private constructor(options: RelayOptions, front: Socket) {
    this.#options = options;
    this.#front = front;
    front.on('message', (data, { address, port }) => this.#fromClient(data, address, port));
  }

  static async open(options: RelayOptions): Promise<Relay> {
    const front = createSocket({
      type: 'udp4',
      lookup,
      recvBufferSize: 4_000_000,
      sendBufferSize: 4_000_000,
    });
    const listening = once(front, 'listening');
    front.bind(options.port, options.address);
    await listening;
    return new Relay(options, front);
  }

  impair(client: string, up: PathImpairment, down: PathImpairment): void {
    const route = this.#routeOf(client);
    route.up.path.impair(up);
    route.down.path.impair(down);
  }

  /** Nothing that is on its way to the client is lost, but what the server sends to the former ports is. */
  move(client: string): void {
    for (const flow of this.#flows.values()) {
      if (flow.address !== client) continue;
      flow.upstream.close();
      flow.upstream = this.#openUpstream(flow);
    }
  }

  counts(client: string): RelayCounts {
    const { up, down } = this.#routeOf(client);
    return { up: { ...up.counts }, down: { ...down.counts } };
  }

  [Symbol.dispose](): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#front.close();
    for (const { upstream } of this.#flows.values()) upstream.close();
  }

  #fromClient(data: Buffer, address: string, port: number): void {
    const flow = this.#flowOf(address, port);
    this.#pass(this.#routeOf(address).up, data, () =>
      flow.upstream.send(data, this.#options.port, this.#options.server),
    );
  }

  #pass({ path, counts }: Direction, data: Buffer, send: () => void): void {
    const now = performance.now();
    const time = path.admit(data.length, now);
    counts.packets += 1;
    counts.bytes += data.length;
    if (time === null) {
      counts.lost += 1;
      return;
    }
    if (time <= now && this.#departures.size === 0) this.#send(send);
    else {
      this.#departures.push(time, send);
      this.#schedule(now);
    }
  }

  #schedule(now: number): void {
    const next = this.#departures.nextTime;
    if (next === null || next >= this.#timerAt) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timerAt = next;
    this.#timer = setTimeout(() => this.#release(), Math.max(0, next - now));
  }

  #release(): void {
    this.#timer = null;
    this.#timerAt = Number.POSITIVE_INFINITY;
    const now = performance.now();
    for (;;) {
      const send = this.#departures.take(now + grain);
      if (send === null) break;
      this.#send(send);
    }
    this.#schedule(now);
  }

  #send(send: () => void): void {
    if (this.#closed) return;
    try {
      send();
    } catch {
      // The socket was replaced while the datagram was on its way: lost, as it would be on a network.
    }
  }

  #routeOf(client: string): Route {
    const known = this.#routes.get(client);
    if (known !== undefined) return known;
    const { seed } = this.#options;
    const direction = (offset: number): Direction => ({
      path: new Path(seededRandom(seed + 2 * this.#routes.size + offset)),
      counts: { packets: 0, lost: 0, bytes: 0 },
    });
    const route = { up: direction(0), down: direction(1) };
    this.#routes.set(client, route);
    return route;
  }

  #flowOf(address: string, port: number): Flow {
    const name = `${address}:${port}`;
    const known = this.#flows.get(name);
    if (known !== undefined) return known;
    const flow = { address, port } as Flow;
    flow.upstream = this.#openUpstream(flow);
    this.#flows.set(name, flow);
    return flow;
  }

  #openUpstream(flow: Flow): Socket {
    const upstream = createSocket({ type: 'udp4', lookup, recvBufferSize: 4_000_000 });
    upstream.bind(0, this.#options.address);
    upstream.on('message', (data) =>
      this.#pass(this.#routeOf(flow.address).down, data, () =>
        this.#front.send(data, flow.port, flow.address),
      ),
    );
    // The server's port is closed for a moment when its process is replaced.
    upstream.on('error', () => {});
    return upstream;
  }
}
