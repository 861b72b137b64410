/** Between two tries to come into the group anew, ms. */
const rejoinPause = 2_000;

export interface RejoiningPorts {
  rejoin(): void;
  /** ms, monotonic. */
  now(): number;
}

/** When to come in anew, as somebody else would: at once, and not more often than the pause allows. */
export class Rejoining {
  readonly #ports: RejoiningPorts;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastAt = Number.NEGATIVE_INFINITY;

  constructor(ports: RejoiningPorts) {
    this.#ports = ports;
  }

  /** We are about to. */
  get isDue(): boolean {
    return this.#timer !== undefined;
  }

  schedule(): void {
    if (this.isDue) return;
    const wait = Math.max(0, this.#lastAt + rejoinPause - this.#ports.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#ports.rejoin();
    }, wait);
  }

  /** We do now, for whatever reason. */
  began(): void {
    this.#lastAt = this.#ports.now();
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
