import { ConclaveError, MeetingId, type ParticipantId, type SourceSet, type View } from '@conclave/protocol';
import { SfuError, type WorkerEvent } from '@conclave/sfu';
import type { Emit } from '../observability/events.ts';
import type { ConnectRequest, MediaEvent, MediaPort, MediaStatistics } from './MediaPort.ts';
import { toMediaEvent } from './toMediaEvent.ts';
import { WorkerLoad } from './WorkerLoad.ts';
import { type Worker, WorkerPlace } from './WorkerPlace.ts';

export interface MediaPoolOptions {
  readonly workers: number;
  /** Starts the process of one place; the places' UDP ports differ. */
  start(index: number): Promise<Worker>;
  /** Ends with the pool. */
  readonly spare?: AsyncDisposable;
  readonly emit: Emit;
  onFault(fault: unknown): void;
}

interface Placement {
  readonly place: WorkerPlace;
  readonly worker: Worker;
  readonly opened: Promise<void>;
  readonly connected: Set<ParticipantId>;
  readonly peers: Set<ParticipantId>;
}

/** A connect that finds no worker waits this long for a successor. */
const patienceMs = 4_000;
/** Meetings end and people leave: so long after a refusal it is worth another try. */
const fullRetryMs = 20_000;

/**
 * The SFU worker processes of this machine, and which room is in which. One room is in one worker. When a
 * worker dies its rooms lose their place, their participants hear `lost`, and whoever connects next puts the
 * room where there is the most space. A worker near its limit takes no new meeting, so that those it has stay good;
 * whoever joins one of these still gets in, until nobody can.
 */
export class MediaPool implements MediaPort, AsyncDisposable {
  readonly #options: MediaPoolOptions;
  readonly #places: readonly WorkerPlace[];
  readonly #placements = new Map<MeetingId, Placement>();
  readonly #listeners: ((event: MediaEvent) => void)[] = [];
  /** By the index of the place. */
  readonly #loads: readonly WorkerLoad[];
  /** Meetings that went on when their worker died: they are no new ones. */
  readonly #displaced = new Set<MeetingId>();

  constructor(options: MediaPoolOptions) {
    this.#options = options;
    this.#loads = Array.from({ length: options.workers }, () => new WorkerLoad());
    this.#places = Array.from({ length: options.workers }, (_, index) => this.#makePlace(index));
  }

  /** Resolves when every worker runs. */
  async ready(): Promise<void> {
    await Promise.all(this.#places.map((place) => place.ready()));
  }

  get healthy(): boolean {
    return this.#places.some(({ worker }) => worker !== null);
  }

  listen(listener: (event: MediaEvent) => void): void {
    this.#listeners.push(listener);
  }

  admit(room: MeetingId): void {
    const placement = this.#placements.get(room);
    if (placement === undefined) this.#findPlace(room);
    else if (!this.#loadOf(placement.place).takesNewcomers) throw full();
  }

  statistics(): MediaStatistics {
    const summaries = this.#loads.map(({ summary }) => summary);
    return {
      workers: summaries.map((summary) => {
        if (summary === null) return null;
        const { rooms, ...worker } = summary;
        return { ...worker, meetings: rooms.length };
      }),
      meetings: summaries.flatMap((summary, worker) =>
        (summary?.rooms ?? []).map(({ room, ...rest }) => ({
          meetingId: MeetingId.parse(room),
          worker,
          ...rest,
        })),
      ),
    };
  }

  async connect(room: MeetingId, peer: ParticipantId, request: ConnectRequest): Promise<string> {
    const placement = await this.#placementFor(room);
    if (!placement.peers.has(peer)) this.#loadOf(placement.place).expect();
    placement.peers.add(peer);
    placement.connected.delete(peer);
    const { offer, lines, allowed, sources, sends, view } = request;
    try {
      await placement.opened;
      const { answer } = await placement.worker.connect({
        room,
        peer,
        offer,
        lines: [...lines],
        allowed,
        sources,
        sends: [...sends],
      });
      if (view !== null) this.setView(room, peer, view);
      return answer;
    } catch (error) {
      throw toConclaveError(error);
    }
  }

  disconnect(room: MeetingId, peer: ParticipantId): void {
    const placement = this.#placements.get(room);
    if (placement?.peers.delete(peer) !== true) return;
    placement.connected.delete(peer);
    this.#tell(room, (worker) => worker.disconnect(room, peer));
  }

  setAllowed(room: MeetingId, peer: ParticipantId, allowed: SourceSet): void {
    this.#tellOf(room, peer, (worker) => worker.setAllowed(room, peer, allowed));
  }

  setSources(room: MeetingId, peer: ParticipantId, sources: SourceSet): void {
    this.#tellOf(room, peer, (worker) => worker.setSources(room, peer, sources));
  }

  setView(room: MeetingId, peer: ParticipantId, view: View): void {
    this.#tellOf(room, peer, (worker) => worker.setView(room, peer, view));
  }

  closeRoom(room: MeetingId): void {
    this.#tell(room, (worker) => worker.closeRoom(room));
    this.#placements.delete(room);
    this.#displaced.delete(room);
  }

  isConnected(room: MeetingId, peer: ParticipantId): boolean {
    return this.#placements.get(room)?.connected.has(peer) ?? false;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#places.map((place) => place[Symbol.asyncDispose]()));
    await this.#options.spare?.[Symbol.asyncDispose]();
  }

  #makePlace(index: number): WorkerPlace {
    const { emit, onFault } = this.#options;
    return new WorkerPlace({
      index,
      start: () => this.#options.start(index),
      onEvent: (event) => this.#receive(index, event),
      onStarted: () => emit({ event: 'worker.started', worker: index }),
      onDied: () => this.#died(index),
      onFault,
    });
  }

  async #placementFor(room: MeetingId): Promise<Placement> {
    const known = this.#placements.get(room);
    if (known !== undefined) return known;
    const place = this.#findPlace(room);
    const worker = await within(place.ready(), patienceMs);
    // While we waited, somebody else of the same meeting may have found it a place.
    const meanwhile = this.#placements.get(room);
    if (meanwhile !== undefined) return meanwhile;
    const opened = worker.openRoom(room);
    opened.catch(() => {}); // Whoever connects hears of it.
    const placement = {
      place,
      worker,
      opened,
      connected: new Set<ParticipantId>(),
      peers: new Set<ParticipantId>(),
    };
    this.#placements.set(room, placement);
    this.#displaced.delete(room);
    this.#loadOf(place).expect();
    return placement;
  }

  #findPlace(room: MeetingId): WorkerPlace {
    // A place whose worker is being replaced takes rooms only when there is no other.
    const running = this.#places.filter(({ worker }) => worker !== null);
    const candidates = (running.length > 0 ? running : this.#places).filter((place) => {
      const load = this.#loadOf(place);
      return this.#displaced.has(room) ? load.takesNewcomers : load.takesMeetings;
    });
    const [first, ...rest] = candidates;
    if (first === undefined) throw full();
    const value = (place: WorkerPlace) => this.#loadOf(place).value;
    return rest.reduce((best, place) => (value(place) < value(best) ? place : best), first);
  }

  #loadOf({ index }: WorkerPlace): WorkerLoad {
    const load = this.#loads[index];
    if (load === undefined) throw new Error('There is a load for each place.');
    return load;
  }

  #tellOf(room: MeetingId, peer: ParticipantId, call: (worker: Worker) => Promise<void>): void {
    if (this.#placements.get(room)?.peers.has(peer) === true) this.#tell(room, call);
  }

  #tell(room: MeetingId, call: (worker: Worker) => Promise<void>): void {
    const placement = this.#placements.get(room);
    if (placement === undefined) return;
    // A worker that is gone is told everything when its participants come back; the rest is a fault of ours.
    call(placement.worker).catch((error) => {
      if (!(error instanceof SfuError)) this.#options.onFault(error);
    });
  }

  #receive(index: number, event: WorkerEvent): void {
    if (event.type === 'statistics') this.#loads[index]?.measured(event.statistics);
    const translated = toMediaEvent(event);
    if (translated === null) return;
    const placement = this.#placements.get(translated.room);
    if (placement === undefined) return;
    if (translated.type === 'connected') placement.connected.add(translated.peer);
    if (translated.type === 'lost') placement.connected.delete(translated.peer);
    this.#emit(translated);
  }

  #died(index: number): void {
    const lost = [...this.#placements].filter(([, { place }]) => place.index === index);
    this.#loads[index]?.died();
    for (const [room] of lost) {
      this.#placements.delete(room);
      this.#displaced.add(room);
    }
    this.#options.emit({ event: 'worker.died', worker: index, meetings: lost.length });
    for (const [room, { peers }] of lost) {
      for (const peer of peers) this.#emit({ type: 'lost', room, peer });
    }
  }

  #emit(event: MediaEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

function full(): ConclaveError {
  return new ConclaveError('media.full', { retryAfterMs: fullRetryMs });
}

async function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ConclaveError('media.unavailable', { retryAfterMs: 500 })), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** So long whoever was cut off is told to stay away, at least; and whoever offers too often. */
const barredRetryMs = 10_000;
const limitRetryMs = 2_000;

function toConclaveError(error: unknown): ConclaveError {
  const code = error instanceof SfuError ? error.code : null;
  if (code === 'offer_invalid') return new ConclaveError('media.offer_invalid', { cause: error });
  if (code === 'barred')
    return new ConclaveError('request.rate', { cause: error, retryAfterMs: barredRetryMs });
  if (code === 'limit')
    return new ConclaveError('request.rate', { cause: error, retryAfterMs: limitRetryMs });
  return new ConclaveError('media.unavailable', { cause: error, retryAfterMs: 500 });
}
