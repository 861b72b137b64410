import type { WorkerExit } from '@conclave/sfu';

/** A process that runs and does nothing yet. */
export interface Waiting extends AsyncDisposable {
  readonly closed: Promise<WorkerExit>;
}

export interface SpareProcessOptions<P extends Waiting> {
  spawn(): P;
  /** After one was taken, the next is made when there is time for it again, ms. */
  readonly pauseMs: number;
}

/**
 * One process more than needed, already started: when a worker dies its successor has to take over a port, and not to
 * wait for a process that starts on a machine whose cores are busy. Until there is one, `take` starts one.
 */
export class SpareProcess<P extends Waiting> implements AsyncDisposable {
  readonly #options: SpareProcessOptions<P>;
  #waiting: P | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #closed = false;

  constructor(options: SpareProcessOptions<P>) {
    this.#options = options;
  }

  take(): P {
    const spare = this.#waiting;
    this.#waiting = null;
    this.#prepareLater();
    return spare ?? this.#options.spawn();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#waiting?.[Symbol.asyncDispose]();
  }

  #prepareLater(): void {
    if (this.#closed) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#prepare(), this.#options.pauseMs);
    this.#timer.unref();
  }

  #prepare(): void {
    if (this.#waiting !== null) return;
    const spare = this.#options.spawn();
    this.#waiting = spare;
    void spare.closed.then(() => {
      if (this.#waiting !== spare) return;
      this.#waiting = null;
      this.#prepareLater();
    });
  }
}
