import { ConclaveError, ERRORS } from '@conclave/protocol';
import { EncryptionFailed } from '../encryption/WorkerLink.ts';
import { SignalClosed } from '../signalling/Signal.ts';
import type { MeetingPhase } from './types.ts';

export type Failure = Extract<MeetingPhase, { name: 'failed' }>;

/** Whether the same thing may succeed a little later without anybody doing anything. */
export function mayPass(error: unknown): boolean {
  if (error instanceof SignalClosed) return true;
  return error instanceof ConclaveError && ERRORS[error.code].retry;
}

/** How long the server asks us to stay away, in ms. */
export function retryAfter(error: unknown): number {
  return error instanceof ConclaveError ? (error.retryAfterMs ?? 0) : 0;
}

export function failureOf(error: unknown): Failure {
  if (error instanceof ConclaveError) return { name: 'failed', code: error.code };
  const isWorkerGone = error instanceof EncryptionFailed && error.code === 'worker.broken';
  if (error instanceof SignalClosed || isWorkerGone) return { name: 'failed', code: 'network.unreachable' };
  return { name: 'failed', code: 'browser.unsupported' };
}
