export interface Timers {
  set(run: () => void, ms: number): unknown;
  clear(timer: unknown): void;
  now(): number;
}

const browserTimers: Timers = {
  set: (run, ms) => setTimeout(run, ms),
  clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
  now: () => performance.now(),
};

/** Hands on the first value at once, then at most one every `ms`; the last one is never lost. */
export class Throttle<T> implements Disposable {
  readonly #send: (value: T) => void;
  readonly #ms: number;
  readonly #timers: Timers;
  #sentAt = Number.NEGATIVE_INFINITY;
  #waiting: { value: T; timer: unknown } | null = null;

  constructor(send: (value: T) => void, ms: number, timers: Timers = browserTimers) {
    this.#send = send;
    this.#ms = ms;
    this.#timers = timers;
  }

  push(value: T): void {
    if (this.#waiting !== null) {
      this.#waiting.value = value;
      return;
    }
    const left = this.#sentAt + this.#ms - this.#timers.now();
    if (left <= 0) this.#pass(value);
    else this.#waiting = { value, timer: this.#timers.set(() => this.#flush(), left) };
  }

  [Symbol.dispose](): void {
    if (this.#waiting !== null) this.#timers.clear(this.#waiting.timer);
    this.#waiting = null;
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting !== null) this.#pass(waiting.value);
  }

  #pass(value: T): void {
    this.#sentAt = this.#timers.now();
    this.#send(value);
  }
}
