import type { WorkerEvent } from '../control/events.ts';

/**
 * Events that are told together: when somebody begins to speak in a large room, hundreds of viewers have other slots in
 * the same instant, and one message for each would keep the packets waiting.
 */
export class EventQueue {
  readonly #tell: (events: WorkerEvent[]) => void;
  #events: WorkerEvent[] = [];

  constructor(tell: (events: WorkerEvent[]) => void) {
    this.#tell = tell;
  }

  add(event: WorkerEvent): void {
    if (this.#events.push(event) === 1) setImmediate(() => this.flush());
  }

  /** To be called before anything else is told: what happened first is heard first. */
  flush(): void {
    if (this.#events.length === 0) return;
    const events = this.#events;
    this.#events = [];
    this.#tell(events);
  }
}
