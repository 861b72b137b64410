import type { TalkPorts } from './TalkPorts.ts';
import type { TalkEvent } from './talkMessages.ts';

/** The page is told at most this often, however much is said; ms. */
const pause = 100;

/** Hands on the first event at once, and what follows together. */
export class EventBatch {
  readonly #ports: Pick<TalkPorts, 'now' | 'after'>;
  readonly #tell: (events: readonly TalkEvent[]) => void;
  #events: TalkEvent[] = [];
  #toldAt = Number.NEGATIVE_INFINITY;
  #waiting = false;

  constructor(ports: Pick<TalkPorts, 'now' | 'after'>, tell: (events: readonly TalkEvent[]) => void) {
    this.#ports = ports;
    this.#tell = tell;
  }

  add(event: TalkEvent): void {
    this.#events.push(event);
    if (this.#waiting) return;
    const wait = this.#toldAt + pause - this.#ports.now();
    if (wait <= 0) {
      this.#flush();
      return;
    }
    this.#waiting = true;
    this.#ports.after(wait, () => {
      this.#waiting = false;
      this.#flush();
    });
  }

  #flush(): void {
    this.#toldAt = this.#ports.now();
    this.#tell(this.#events.splice(0));
  }
}
