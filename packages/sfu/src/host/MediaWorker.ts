import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type LogRecord, type WorkerEvent, WorkerMessage } from '../control/events.ts';
import type { OfferLine, SourceSet, VideoCodec, View } from '../control/media.ts';
import { RESULTS, type Request, type ResultOf, type WorkerOptions } from '../control/requests.ts';
import { SfuError } from '../control/SfuError.ts';
import type { RoomStats } from '../control/stats.ts';
import { PendingCalls } from './PendingCalls.ts';

export interface ProcessOptions {
  readonly log: (record: LogRecord) => void;
}

export type MediaWorkerOptions = WorkerOptions & ProcessOptions;

export interface WorkerExit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A request without its id, which is ours to give. */
type Call<R> = R extends Request ? Omit<R, 'id'> : never;

const MAIN = fileURLToPath(new URL('../worker/main.ts', import.meta.url));
/** How long a worker may take to close by itself before it is killed, ms. */
const CLOSE_TIMEOUT = 2_000;

/**
 * One media process and the only way to talk to it. It takes what no browser's packet may ever take down with it:
 * when it dies, calls that wait reject with `worker_gone`, later ones too, and `closed` resolves.
 */
export class MediaWorker implements AsyncDisposable {
  readonly pid: number;
  readonly closed: Promise<WorkerExit>;
  readonly #child: ChildProcess;
  readonly #options: ProcessOptions;
  readonly #pending = new PendingCalls();
  readonly #listeners = new Set<(event: WorkerEvent) => void>();

  private constructor(child: ChildProcess, options: ProcessOptions) {
    this.#child = child;
    this.#options = options;
    this.pid = child.pid ?? -1;
    this.closed = new Promise((resolve) => {
      const gone = (code: number | null, signal: string | null): void => {
        this.#pending.rejectAll(new SfuError('worker_gone', 'The media worker has ended.'));
        resolve({ code, signal });
      };
      child.once('exit', gone);
      child.on('error', (error) => {
        options.log({ level: 'error', message: 'media worker process', error: error.message });
        if (child.pid === undefined) gone(null, null);
      });
    });
    child.on('message', (message) => this.#receive(message));
  }

  /** Starts the process. It has no port and serves nothing before `begin`. */
  static spawn(options: ProcessOptions): MediaWorker {
    const child = fork(MAIN, [], {
      execArgv: [],
      // It reads packets from strangers: nothing of our environment is for it.
      env: {},
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    return new MediaWorker(child, options);
  }

  static async start({ log, ...options }: MediaWorkerOptions): Promise<MediaWorker> {
    const worker = MediaWorker.spawn({ log });
    await worker.begin(options);
    return worker;
  }

  /**
   * Resolves when the worker has its ports. Rejects with `port_unavailable`, `request_invalid` or `worker_gone`; the
   * process has ended then.
   */
  async begin(options: WorkerOptions): Promise<void> {
    try {
      await this.#call({ type: 'start', options });
    } catch (error) {
      await this[Symbol.asyncDispose]();
      throw error;
    }
  }

  onEvent(listener: (event: WorkerEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async openRoom(room: string): Promise<void> {
    await this.#call({ type: 'openRoom', room });
  }

  async closeRoom(room: string): Promise<void> {
    await this.#call({ type: 'closeRoom', room });
  }

  /** Answers a browser's offer. Replaces the peer's former transport if there is one. */
  connect(request: {
    room: string;
    peer: string;
    offer: string;
    lines: OfferLine[];
    allowed: SourceSet;
    sources: SourceSet;
    /** The codecs of pictures that the peer sends well. Not said: VP8. */
    sends?: VideoCodec[];
  }): Promise<{ answer: string }> {
    return this.#call({ type: 'connect', ...request });
  }

  async disconnect(room: string, peer: string): Promise<void> {
    await this.#call({ type: 'disconnect', room, peer });
  }

  /** What a peer may send, checked on every packet. */
  async setAllowed(room: string, peer: string, allowed: SourceSet): Promise<void> {
    await this.#call({ type: 'setAllowed', room, peer, allowed });
  }

  /** What a peer says is on; what is not is not forwarded. */
  async setSources(room: string, peer: string, sources: SourceSet): Promise<void> {
    await this.#call({ type: 'setSources', room, peer, sources });
  }

  async setView(room: string, peer: string, view: View): Promise<void> {
    await this.#call({ type: 'setView', room, peer, view });
  }

  stats(room: string): Promise<RoomStats> {
    return this.#call({ type: 'stats', room });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    const timeout = setTimeout(() => this.#child.kill('SIGKILL'), CLOSE_TIMEOUT);
    await this.closed;
    clearTimeout(timeout);
  }

  async #call<R extends Call<Request>>(call: R): Promise<ResultOf<R['type']>> {
    if (!this.#child.connected) throw new SfuError('worker_gone', 'The media worker has ended.');
    const { id, reply } = this.#pending.open();
    this.#child.send({ id, ...call }, (error) => {
      if (error) this.#pending.reject(id, new SfuError('worker_gone', 'The media worker has ended.'));
    });
    return RESULTS[call.type].parse(await reply) as ResultOf<R['type']>;
  }

  #receive(raw: unknown): void {
    const parsed = WorkerMessage.safeParse(raw);
    if (!parsed.success) {
      this.#options.log({ level: 'error', message: 'media worker sent an unknown message' });
      return;
    }
    const message = parsed.data;
    switch (message.kind) {
      case 'result':
        this.#pending.resolve(message.id, message.result);
        break;
      case 'failure':
        this.#pending.reject(message.id, new SfuError(message.code, message.message));
        break;
      case 'log':
        this.#options.log(message.record);
        break;
      case 'events':
        for (const event of message.events) for (const listener of this.#listeners) listener(event);
    }
  }
}
