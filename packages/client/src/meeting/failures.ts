import { ConclaveError, ERRORS, type ErrorCode } from '@conclave/protocol';
import { EncryptionFailed } from '../encryption/WorkerLink.ts';
import { SignalClosed } from '../signalling/Signal.ts';
import type { MeetingPhase } from './types.ts';

export type Failure = Extract<MeetingPhase, { name: 'failed' }>;

/** Up to people, and not over in a moment: whoever stands before a closed door is told so. */
const doors: ReadonlySet<ErrorCode> = new Set(['meeting.locked', 'meeting.lobby_full']);

/** Whether the same thing may succeed a little later without anybody doing anything. */
export function mayPass(error: unknown): boolean {
  if (error instanceof SignalClosed) return true;
  return error instanceof ConclaveError && ERRORS[error.code].retry && !doors.has(error.code);
}

/** How long the server asks us to stay away, in ms. */
export function retryAfter(error: unknown): number {
  return error instanceof ConclaveError ? (error.retryAfterMs ?? 0) : 0;
}

export function failureOf(error: unknown): Failure {
  if (error instanceof ConclaveError) return { name: 'failed', code: error.code };
  const worker = error instanceof EncryptionFailed ? error.code : null;
  if (worker === 'worker.broken') return { name: 'failed', code: 'encryption.broken' };
  const isUnreachable = error instanceof SignalClosed || worker === 'worker.unreachable';
  if (isUnreachable) return { name: 'failed', code: 'network.unreachable' };
  return { name: 'failed', code: 'browser.unsupported' };
}
