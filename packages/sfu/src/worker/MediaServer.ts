import ndc, { type IceUdpMuxListener } from 'node-datachannel';
import type { LogRecord, WorkerEvent } from '../control/events.ts';
import type { Request, RequestOf, ResultOf, WorkerOptions } from '../control/requests.ts';
import { SfuError } from '../control/SfuError.ts';
import { Room } from '../room/Room.ts';
import { OfferError } from '../sdp/OfferError.ts';

export interface MediaServerPorts {
  readonly emit: (event: WorkerEvent) => void;
  readonly log: (record: LogRecord) => void;
}

/** Period of everything that is not done for a packet as it comes: feedback, reports, allocation; ms. */
const TICK = 20;
const MAX_ROOMS = 1_000;

/** All rooms of one process, behind the requests of the control protocol. */
export class MediaServer implements Disposable {
  readonly #ports: MediaServerPorts;
  readonly #rooms = new Map<string, Room>();
  #options: WorkerOptions | null = null;
  #listener: IceUdpMuxListener | null = null;
  #timer: NodeJS.Timeout | null = null;

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
    if (this.#timer) clearInterval(this.#timer);
    for (const room of this.#rooms.values()) room[Symbol.dispose]();
    this.#rooms.clear();
    this.#listener?.stop();
    this.#listener = null;
  }

  /** Holds the port from the first moment, so that it is ours before the first browser is told of it. */
  #start(options: WorkerOptions): ResultOf<'start'> {
    if (this.#options) throw new SfuError('request_invalid', 'The worker runs already.');
    try {
      this.#listener = new ndc.IceUdpMuxListener(options.udpPort, options.bindAddress);
    } catch {
      throw new SfuError('port_unavailable', `UDP port ${options.udpPort} cannot be had.`);
    }
    this.#options = options;
    this.#timer = setInterval(() => this.#tick(), TICK);
    return {};
  }

  /** One room's fault is not the others' end. */
  #tick(): void {
    for (const [id, room] of this.#rooms) {
      try {
        room.tick();
      } catch (error) {
        this.#fault(id, 'tick', error);
      }
    }
  }

  #openRoom(id: string): ResultOf<'openRoom'> {
    const options = this.#options;
    if (!options) throw new SfuError('request_invalid', 'The worker is not started.');
    if (this.#rooms.has(id)) return {};
    if (this.#rooms.size >= MAX_ROOMS) throw new SfuError('limit', 'Too many rooms for one worker.');
    const room = new Room(id, {
      options,
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

  async #connect(request: RequestOf<'connect'>): Promise<ResultOf<'connect'>> {
    try {
      return await this.#room(request.room).connect(request);
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

  #fault(room: string, where: string, error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#ports.log({ level: 'error', message: 'media fault', room, where, error: text });
  }
}
