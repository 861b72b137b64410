import * as z from 'zod/mini';

export const SfuErrorCode = z.enum([
  /** The offer breaks a rule; the message says which. */
  'offer_invalid',
  'room_unknown',
  'peer_unknown',
  /** More rooms or peers than one worker takes. */
  'limit',
  /** The peer's last transport was cut off for what it sent; the peer has to wait. */
  'barred',
  /** The UDP port cannot be had. */
  'port_unavailable',
  /** A message that is not of this protocol. */
  'request_invalid',
  /** The process has ended, or ended before it answered. */
  'worker_gone',
  /** A fault of ours; the worker's log has it. */
  'internal',
]);
export type SfuErrorCode = z.infer<typeof SfuErrorCode>;

/** Every failure of a call on a MediaWorker. */
export class SfuError extends Error {
  readonly code: SfuErrorCode;

  constructor(code: SfuErrorCode, message: string) {
    super(message);
    this.name = 'SfuError';
    this.code = code;
  }
}
