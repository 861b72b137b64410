import { ConclaveError, type ErrorCode } from '@conclave/protocol';
import { EncryptionFailed } from '../encryption/WorkerLink.ts';
import { backoffMs, waitForNetwork } from '../meeting/backoff.ts';
import { NetworkLost } from './NetworkLost.ts';

/** What passes by itself. */
const passing: ReadonlySet<string> = new Set<ErrorCode | 'closed' | 'network.unreachable'>([
  'request.rate',
  'file.access',
  'resume.unknown',
  'server.stopping',
  'server.internal',
  'group.rate',
  'group.not_member',
  // The group is being joined anew.
  'closed',
  'network.unreachable',
]);
/** Refusals one after the other, while the network is there. */
const mostRefusals = 8;

export interface Attempts {
  /** Until when it is tried at all. */
  readonly abort: AbortSignal;
  /** It has to wait, or goes on. */
  onPaused(paused: boolean): void;
}

/** Tries again what the network has interrupted, for as long as the meeting lasts. */
export class Persistence {
  readonly #wait: typeof waitForNetwork;
  #connected = Promise.withResolvers<void>();
  #lost = new AbortController();

  constructor(wait: typeof waitForNetwork = waitForNetwork) {
    this.#wait = wait;
  }

  /** Whether the signalling socket is there: where it is not, nothing else gets through. */
  setConnected(connected: boolean): void {
    if (connected) {
      this.#connected.resolve();
      return;
    }
    this.#connected = Promise.withResolvers();
    this.#lost.abort();
    this.#lost = new AbortController();
  }

  /** @param act is given what it is aborted by @throws what `abort` was aborted with, or what will not pass */
  async run<T>(act: (abort: AbortSignal) => Promise<T>, { abort, onPaused }: Attempts): Promise<T> {
    for (let attempt = 0, refusals = 0; ; attempt++) {
      await untilAborted(this.#connected.promise, abort);
      const lost = this.#lost.signal;
      try {
        return await act(AbortSignal.any([abort, lost]));
      } catch (error) {
        abort.throwIfAborted();
        const isLost = lost.aborted || error instanceof NetworkLost;
        refusals = isLost ? 0 : refusals + 1;
        if (!isLost && (!mayPass(error) || refusals > mostRefusals)) throw error;
        onPaused(true);
        await this.#wait(Math.max(backoffMs(attempt + 1, Math.random()), retryAfter(error)), abort);
        abort.throwIfAborted();
      }
    }
  }
}

function mayPass(error: unknown): boolean {
  return (error instanceof ConclaveError || error instanceof EncryptionFailed) && passing.has(error.code);
}

function retryAfter(error: unknown): number {
  return error instanceof ConclaveError ? (error.retryAfterMs ?? 0) : 0;
}

function untilAborted(promise: Promise<void>, abort: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(abort.reason);
    if (abort.aborted) stop();
    abort.addEventListener('abort', stop, { once: true });
    void promise.then(() => {
      abort.removeEventListener('abort', stop);
      resolve();
    });
  });
}
