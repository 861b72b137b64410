import { ConclaveError, ERRORS } from '@conclave/protocol';
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
  if (error instanceof ConclaveError) return { name: 'failed', code: error.code, text: error.message };
  if (error instanceof SignalClosed) {
    return { name: 'failed', code: 'network.unreachable', text: 'The service cannot be reached.' };
  }
  return { name: 'failed', code: 'browser.unsupported', text: 'This browser cannot take part in meetings.' };
}
