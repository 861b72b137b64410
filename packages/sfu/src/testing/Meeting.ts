import type { LogRecord, WorkerEvent } from '../control/events.ts';
import type { LineUse, SourceSet, View } from '../control/media.ts';
import { MediaWorker } from '../host/MediaWorker.ts';
import { freePort } from './freePort.ts';
import { MediaPeer } from './MediaPeer.ts';

export const USES: readonly LineUse[] = [
  'microphone',
  'camera',
  'screen',
  'screen-audio',
  'audio-slot',
  'audio-slot',
  'video-slot',
  'video-slot',
  'screen-slot',
  'screen-audio-slot',
];
export const ALL: SourceSet = { microphone: true, camera: true, screen: true, screenAudio: true };
export const NONE: SourceSet = { microphone: false, camera: false, screen: false, screenAudio: false };
export const VIEW: View = {
  tiles: 4,
  tile: { width: 640, height: 360 },
  pinned: [],
  sizes: [],
  screen: { width: 1280, height: 720 },
};

/** A media worker process with one room, and peers that join it, for tests. */
export class Meeting implements AsyncDisposable {
  readonly worker: MediaWorker;
  readonly port: number;
  readonly events: WorkerEvent[] = [];
  readonly logs: LogRecord[];
  readonly #peers: MediaPeer[] = [];
  readonly #waiting = new Set<() => void>();

  private constructor(worker: MediaWorker, port: number, logs: LogRecord[]) {
    this.worker = worker;
    this.port = port;
    this.logs = logs;
    worker.onEvent((event) => {
      this.events.push(event);
      for (const look of this.#waiting) look();
    });
  }

  static async open(options: { maxIncomingBitrate?: number } = {}): Promise<Meeting> {
    const port = await freePort();
    const logs: LogRecord[] = [];
    const worker = await MediaWorker.start({
      udpPort: port,
      announcedAddresses: ['127.0.0.1'],
      log: (record) => logs.push(record),
      ...options,
    });
    await worker.openRoom('room');
    return new Meeting(worker, port, logs);
  }

  async join(
    peer: string,
    options: {
      allowed?: SourceSet;
      sources?: SourceSet;
      uses?: readonly LineUse[];
      view?: View;
      feedback?: boolean;
      /** The port of a path that leads to the worker, instead of the worker's own. */
      port?: number;
    } = {},
  ): Promise<MediaPeer> {
    const {
      allowed = ALL,
      sources = ALL,
      uses = USES,
      view = VIEW,
      feedback = true,
      port = this.port,
    } = options;
    const media = await MediaPeer.open(uses, feedback);
    this.#peers.push(media);
    const { offer, lines } = media;
    const { answer } = await this.worker.connect({
      room: 'room',
      peer,
      offer,
      lines: [...lines],
      allowed,
      sources,
    });
    await this.worker.setView('room', peer, view);
    await media.accept(answer.replaceAll(` ${this.port} typ host`, ` ${port} typ host`));
    await this.event((e) => e.type === 'transport' && e.peer === peer && e.state === 'connected');
    return media;
  }

  /** The first event that fits, from now or before. */
  event<E extends WorkerEvent>(fits: (event: WorkerEvent) => boolean, since = 0): Promise<E> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = this.events.slice(since).find(fits);
        if (found === undefined) return;
        this.#waiting.delete(look);
        resolve(found as E);
      };
      this.#waiting.add(look);
      look();
    });
  }

  async statsOf(peer: string) {
    const { peers } = await this.worker.stats('room');
    const found = peers.find((each) => each.peer === peer);
    if (found === undefined) throw new Error(`no statistics of ${peer}`);
    return found;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.worker[Symbol.asyncDispose]();
    for (const peer of this.#peers) peer.close();
  }
}
