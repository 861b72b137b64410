import { backoffMs, waitForNetwork } from './backoff.ts';
import { mayPass, retryAfter } from './failures.ts';

/** For how long a lost meeting is tried to be reached again. */
const persistenceMs = 5 * 60_000;

export interface ReconnectionParts {
  /** Comes in again. */
  enter(): Promise<void>;
  /** Given up, for this reason. */
  failed(error: unknown): void;
  /** Nobody wants to come in any more. */
  isOver(): boolean;
  readonly closing: AbortSignal;
  /** ms since 1970 */
  now(): number;
}

/**
 * Tries to come in again, at once and then at growing intervals, but not before the server wants to be asked again. It ends
 * when one is in, when it is refused for good, or after five minutes without success; waiting at the door is success enough.
 */
export class Reconnection {
  readonly #parts: ReconnectionParts;
  #lastReached = 0;

  constructor(parts: ReconnectionParts) {
    this.#parts = parts;
  }

  /** The server has answered: the five minutes begin anew. */
  reached(): void {
    this.#lastReached = this.#parts.now();
  }

  async run(first: unknown = null): Promise<void> {
    const { enter, failed, isOver, closing, now } = this.#parts;
    let wait = retryAfter(first);
    this.reached();
    for (let attempt = 0; !isOver(); attempt++) {
      await waitForNetwork(Math.max(wait, backoffMs(attempt, Math.random())), closing);
      if (isOver()) return;
      const before = this.#lastReached;
      try {
        await enter();
        return;
      } catch (error) {
        if (isOver()) return;
        if (!mayPass(error) || now() - this.#lastReached > persistenceMs) {
          failed(error);
          return;
        }
        // A door at which one was able to wait is not one that does not open.
        if (this.#lastReached !== before) attempt = 0;
        wait = retryAfter(error);
      }
    }
  }
}
