import type { MediaWorker, WorkerEvent } from '@conclave/sfu';

/** What is asked of a worker process; tests give one that has no process. */
export type Worker = Pick<
  MediaWorker,
  | 'closed'
  | 'onEvent'
  | 'openRoom'
  | 'closeRoom'
  | 'connect'
  | 'disconnect'
  | 'setAllowed'
  | 'setSources'
  | 'setView'
  | typeof Symbol.asyncDispose
>;

export interface WorkerPlaceOptions {
  readonly index: number;
  start(): Promise<Worker>;
  onEvent(event: WorkerEvent): void;
  onStarted(): void;
  /** The process is gone; everything that it held is lost. Its successor is being started already. */
  onDied(): void;
  onFault(fault: unknown): void;
}

/** The first successor comes at once; a worker that keeps dying is tried ever more rarely, in ms. */
function restartDelayMs(deaths: number): number {
  return deaths <= 1 ? 0 : Math.min(5_000, 250 * 2 ** (deaths - 2));
}

const healthyAfterMs = 30_000;
/** A worker says something each second. One that has not for so long hangs, and is ended. */
export const silentAfterMs = 15_000;

/**
 * A place where a worker process runs: STARTING → RUNNING → (dies) → STARTING …, until it is closed. When not
 * even the first one starts, something is set up wrongly: `ready` rejects and nothing more is tried.
 */
export class WorkerPlace implements AsyncDisposable {
  readonly index: number;
  readonly #options: WorkerPlaceOptions;
  #worker: Worker | null = null;
  #running: Promise<Worker>;
  #deaths = 0;
  #closed = false;

  constructor(options: WorkerPlaceOptions) {
    this.index = options.index;
    this.#options = options;
    this.#running = this.#run();
  }

  /** The process that runs now, or null while there is none. */
  get worker(): Worker | null {
    return this.#worker;
  }

  /** Resolves with the process as soon as one runs. Rejects when the place is closed first. */
  ready(): Promise<Worker> {
    return this.#running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#worker?.[Symbol.asyncDispose]();
    await this.#running.then((worker) => worker[Symbol.asyncDispose]()).catch(() => {});
  }

  async #run(): Promise<Worker> {
    for (;;) {
      await delay(restartDelayMs(this.#deaths));
      if (this.#closed) throw new Error('The media workers are being stopped.');
      try {
        const worker = await this.#options.start();
        this.#adopt(worker);
        return worker;
      } catch (fault) {
        if (this.#deaths++ === 0) throw fault;
        this.#options.onFault(fault);
      }
    }
  }

  #adopt(worker: Worker): void {
    const startedAt = performance.now();
    this.#worker = worker;
    const watch = setTimeout(() => {
      this.#options.onFault(new Error('A media worker said nothing any more and was ended.'));
      void worker[Symbol.asyncDispose]();
    }, silentAfterMs).unref();
    worker.onEvent((event) => {
      watch.refresh();
      this.#options.onEvent(event);
    });
    void worker.closed.then(() => {
      clearTimeout(watch);
      this.#worker = null;
      if (this.#closed) return;
      this.#deaths = performance.now() - startedAt > healthyAfterMs ? 1 : this.#deaths + 1;
      this.#running = this.#run();
      this.#running.catch(() => {}); // Rejects only when the place is closed.
      this.#options.onDied();
    });
    this.#options.onStarted();
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
