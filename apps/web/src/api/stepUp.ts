import { State } from '@conclave/client';
import { callThrough } from './call.ts';
import { RequestError } from './RequestError.ts';

/** Somebody is to confirm that it is still they; what waits for it goes on, or fails. */
export interface PendingStepUp {
  confirmed(): void;
  cancelled(): void;
}

/** What the dialog shows; null: nothing to confirm. */
export const pendingStepUp = new State<PendingStepUp | null>(null);
let hosts = 0;
let asking: Promise<void> | null = null;

/** While the result is there, there is a place on the page where people can be asked. */
export function hostStepUp(): Disposable {
  hosts += 1;
  callThrough(withStepUp);
  return {
    [Symbol.dispose]() {
      hosts -= 1;
      if (hosts === 0) callThrough(null);
    },
  };
}

/**
 * Does something that may need the person to confirm who they are: asks them when the service says so, and does it again.
 * Several at once ask once.
 * @throws RequestError auth.step_up when the person does not confirm, or whatever the action throws
 */
export async function withStepUp<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (hosts === 0 || RequestError.of(error).code !== 'auth.step_up') throw error;
  }
  asking ??= ask().finally(() => {
    asking = null;
  });
  await asking;
  return action();
}

function ask(): Promise<void> {
  return new Promise((resolve, reject) => {
    const close = () => pendingStepUp.set(null);
    pendingStepUp.set({
      confirmed() {
        close();
        resolve();
      },
      cancelled() {
        close();
        reject(new RequestError('auth.step_up'));
      },
    });
  });
}
