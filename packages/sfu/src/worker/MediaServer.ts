import type { LogRecord, WorkerEvent } from '../control/events.ts';
import type { Request, RequestOf, ResultOf, WorkerOptions } from '../control/requests.ts';
import { SfuError } from '../control/SfuError.ts';
import type { RoomSummary } from '../control/statistics.ts';
import { Room } from '../room/Room.ts';
import { OfferError } from '../sdp/OfferError.ts';
import { Pulse } from '../timing/Pulse.ts';
import { guarded } from '../transport/guard.ts';
import { MediaEndpoint, PortUnavailableError } from '../transport/MediaEndpoint.ts';
import { WorkerMeter } from './WorkerMeter.ts';

export interface MediaServerPorts {
  readonly emit: (event: WorkerEvent) => void;
  readonly log: (record: LogRecord) => void;
}

/** Period of everything that is not done for a packet as it comes: feedback, reports, allocation; ms. */
const TICK = 20;
/** Between two statistics, ms. */
const STATISTICS = 1_000;
const MAX_ROOMS = 1_000;

/** All rooms of one process, behind the requests of the control protocol. */
export class MediaServer implements Disposable {
  readonly #ports: MediaServerPorts;
  readonly #rooms = new Map<string, Room>();
  #options: WorkerOptions | null = null;
  #endpoint: MediaEndpoint | null = null;
  readonly #meter = new WorkerMeter();
  #pulse: Pulse | null = null;
  #statisticsAt = performance.now();

  constructor(ports: MediaServerPorts) {
    this.#ports = ports;
  }

  async handle(request: Request): Promise<ResultOf<Request['type']>> {
    switch (request.type) {
      case 'start':
        return this.#start(request.options);
      case 'openRoom':
        return this.#openRoom(request.room);
      case 'closeRoom':
        return this.#closeRoom(request.room);
      case 'connect':
        return this.#connect(request);
      case 'disconnect':
        this.#room(request.room).disconnect(request.peer);
        return {};
      case 'setAllowed':
        this.#room(request.room).setAllowed(request.peer, request.allowed);
        return {};
      case 'setSources':
        this.#room(request.room).setSources(request.peer, request.sources);
        return {};
      case 'setView':
        this.#room(request.room).setView(request.peer, request.view);
        return {};
      case 'stats':
        return this.#room(request.room).stats();
    }
  }

  [Symbol.dispose](): void {
    this.#pulse?.[Symbol.dispose]();
    for (const room of this.#rooms.values()) room[Symbol.dispose]();
    this.#rooms.clear();
    this.#endpoint?.[Symbol.dispose]();
    this.#endpoint = null;
  }

  /** Holds the ports from the first moment, so that they are ours before the first browser is told of them. */
  async #start(options: WorkerOptions): Promise<ResultOf<'start'>> {
    if (this.#options) throw new SfuError('request_invalid', 'The worker runs already.');
    this.#options = options;
    try {
      this.#endpoint = await MediaEndpoint.open({
        udpPort: options.udpPort,
        tcpPort: options.tcpPort,
        bindAddress: options.bindAddress,
        onFault: (where, error) => this.#fault(undefined, where, error),
      });
    } catch (error) {
      if (error instanceof PortUnavailableError) throw new SfuError('port_unavailable', error.message);
      throw error;
    }
    this.#pulse = new Pulse(
      TICK,
      guarded(
        'tick',
        () => this.#tick(),
        (where, error) => this.#fault(undefined, where, error),
      ),
    );
    return {};
  }

  /** One room's fault is not the others' end. */
  #tick(): void {
    this.#meter.tick(TICK);
    for (const [id, room] of this.#rooms) {
      try {
        room.tick();
      } catch (error) {
        this.#fault(id, 'tick', error);
      }
    }
    const now = performance.now();
    if (now - this.#statisticsAt < STATISTICS) return;
    this.#statisticsAt = now;
    this.#tellStatistics();
  }

  #tellStatistics(): void {
    const { seconds } = this.#meter;
    const rooms: RoomSummary[] = [];
    for (const [id, room] of this.#rooms) {
      try {
        rooms.push(room.review(seconds));
      } catch (error) {
        this.#fault(id, 'review', error);
      }
    }
    this.#ports.emit({ type: 'statistics', statistics: this.#meter.summary(rooms) });
  }

  #openRoom(id: string): ResultOf<'openRoom'> {
    const options = this.#options;
    const endpoint = this.#endpoint;
    if (!options || !endpoint) throw new SfuError('request_invalid', 'The worker is not started.');
    if (this.#rooms.has(id)) return {};
    if (this.#rooms.size >= MAX_ROOMS) throw new SfuError('limit', 'Too many rooms for one worker.');
    const room = new Room(id, {
      options: { ...options, endpoint },
      emit: this.#ports.emit,
      onFault: (where, error) => this.#fault(id, where, error),
    });
    this.#rooms.set(id, room);
    return {};
  }

  #closeRoom(id: string): ResultOf<'closeRoom'> {
    this.#rooms.get(id)?.[Symbol.dispose]();
    this.#rooms.delete(id);
    return {};
  }

  #connect(request: RequestOf<'connect'>): ResultOf<'connect'> {
    try {
      return this.#room(request.room).connect(request);
    } catch (error) {
      if (error instanceof OfferError) throw new SfuError('offer_invalid', error.message);
      throw error;
    }
  }

  #room(id: string): Room {
    const room = this.#rooms.get(id);
    if (!room) throw new SfuError('room_unknown', 'There is no such room.');
    return room;
  }

  #fault(room: string | undefined, where: string, error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#ports.log({ level: 'error', message: 'media fault', room, where, error: text });
  }
}
