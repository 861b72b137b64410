/**
 * The one table of errors. `status` is the HTTP status; on the signalling socket the same code travels in an
 * `error` message. `text` is for a person and says what to do. `retry`: the same call may succeed later.
 */
export const ERRORS = {
  'request.malformed': { status: 400, retry: false, text: 'The request could not be read.' },
  'request.invalid': { status: 400, retry: false, text: 'Something in the request is not as it should be.' },
  'request.too_large': { status: 413, retry: false, text: 'The request is too large.' },
  'request.not_found': { status: 404, retry: false, text: 'There is nothing at this address.' },
  'request.method': { status: 405, retry: false, text: 'This address does not take that kind of request.' },
  'request.media_type': { status: 415, retry: false, text: 'The request must be JSON.' },
  'request.origin': {
    status: 403,
    retry: false,
    text: 'This request came from another site and was refused.',
  },
  'request.rate': { status: 429, retry: true, text: 'Too many requests. Wait a moment and try again.' },
  'protocol.version': { status: 400, retry: false, text: 'This page is out of date. Reload it.' },
  'protocol.order': { status: 400, retry: false, text: 'That message cannot be sent now.' },
  'auth.required': { status: 401, retry: false, text: 'Sign in first.' },
  'auth.wrong_credentials': { status: 401, retry: false, text: 'The email or the password is wrong.' },
  'auth.too_many_attempts': {
    status: 429,
    retry: true,
    text: 'Too many attempts. Wait a while and try again.',
  },
  'auth.link_invalid': { status: 403, retry: false, text: 'This link has been used or has expired.' },
  'auth.forbidden': { status: 403, retry: false, text: 'You may not do that.' },
  'password.too_short': {
    status: 422,
    retry: false,
    text: 'Use at least 15 characters. Several words in a row are easy to remember.',
  },
  'password.too_long': { status: 422, retry: false, text: 'Use at most 128 characters.' },
  'password.too_common': {
    status: 422,
    retry: false,
    text: 'This password is on lists that attackers try first. Choose another.',
  },
  'password.too_simple': {
    status: 422,
    retry: false,
    text: 'This password is easy to guess. Add a few unrelated words.',
  },
  'password.personal': {
    status: 422,
    retry: false,
    text: 'Do not build the password from your name, your email or the name of this service.',
  },
  'account.exists': { status: 409, retry: false, text: 'There is an account with this email already.' },
  'meeting.not_found': { status: 404, retry: false, text: 'There is no such meeting. Check the link.' },
  'meeting.wrong_passcode': { status: 403, retry: false, text: 'The passcode is wrong.' },
  'meeting.full': { status: 409, retry: true, text: 'The meeting is full.' },
  'meeting.ended': { status: 410, retry: false, text: 'This meeting has ended.' },
  'meeting.limit': { status: 409, retry: false, text: 'You have too many meetings. Delete some first.' },
  'resume.unknown': { status: 410, retry: false, text: 'The connection was away too long. Join again.' },
  'media.offer_invalid': {
    status: 400,
    retry: false,
    text: 'The media offer of this browser was not understood.',
  },
  'media.unavailable': { status: 503, retry: true, text: 'The media server is not ready. Trying again.' },
  'server.stopping': { status: 503, retry: true, text: 'The service is restarting. Try again in a moment.' },
  'server.internal': { status: 500, retry: true, text: 'Something went wrong on our side.' },
} as const satisfies Record<string, { status: number; retry: boolean; text: string }>;

export type ErrorCode = keyof typeof ERRORS;

export function isErrorCode(value: string): value is ErrorCode {
  return Object.hasOwn(ERRORS, value);
}

/** A refusal that may be told to the one who asked. `field` names the part of the input that is meant. */
export class ConclaveError extends Error {
  override readonly name = 'ConclaveError';
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, options: { field?: string; retryAfterMs?: number; cause?: unknown } = {}) {
    super(ERRORS[code].text, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.field = options.field;
    this.retryAfterMs = options.retryAfterMs;
  }
}
