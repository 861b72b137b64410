/** Between two runs, ms: what comes closer together is done together. */
const LEAST_PAUSE = 10;
/** The pause after a run is so many times as long as the run: at most a fifth of the time goes into it. */
const PAUSE_FACTOR = 4;

/**
 * Says when work may run again that anybody can cause and that costs more the larger a room is: never so often that
 * the packets, which have no such choice, have to wait for it.
 */
export class WorkPace {
  #next = Number.NEGATIVE_INFINITY;

  due(now: number): boolean {
    return now >= this.#next;
  }

  /** It has run from `begin` to `end`, ms. */
  ran(begin: number, end: number): void {
    this.#next = end + Math.max(LEAST_PAUSE, (end - begin) * PAUSE_FACTOR);
  }
}
