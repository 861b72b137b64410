import { ConclaveError, type ErrorCode } from '@conclave/protocol';

/** The table's codes, and what only the browser can know. */
export type RequestErrorCode = ErrorCode | 'network.unreachable';

/** A call that did not do what was asked for. `field` is the part of the input that is meant. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code: RequestErrorCode;
  readonly field: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(
    code: RequestErrorCode,
    details: { field?: string | undefined; retryAfterMs?: number | undefined } = {},
  ) {
    super(code);
    this.code = code;
    this.field = details.field;
    this.retryAfterMs = details.retryAfterMs;
  }

  /** Whatever was thrown, as something that can be told. A fault of our own is not the network's. */
  static of(thrown: unknown): RequestError {
    if (thrown instanceof RequestError) return thrown;
    // What the room asks goes over its socket.
    if (thrown instanceof ConclaveError) return new RequestError(thrown.code, thrown);
    const isLost = thrown instanceof Error && thrown.name === 'SignalClosed';
    return new RequestError(isLost ? 'network.unreachable' : 'server.internal');
  }
}
