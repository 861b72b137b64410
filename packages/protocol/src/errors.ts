/**
 * The one table of errors. `status` is the HTTP status; on the signalling socket the same code travels in an
 * `error` message. `retry`: the same call may succeed later. What is said to a person stands in `errorTexts.ts`.
 */
export const ERRORS = {
  'request.malformed': { status: 400, retry: false },
  'request.invalid': { status: 400, retry: false },
  'request.too_large': { status: 413, retry: false },
  'request.not_found': { status: 404, retry: false },
  'request.method': { status: 405, retry: false },
  'request.media_type': { status: 415, retry: false },
  'request.origin': { status: 403, retry: false },
  'request.rate': { status: 429, retry: true },
  'protocol.version': { status: 400, retry: false },
  'protocol.order': { status: 400, retry: false },
  'auth.required': { status: 401, retry: false },
  'auth.wrong_credentials': { status: 401, retry: false },
  'auth.too_many_attempts': { status: 429, retry: true },
  'auth.link_invalid': { status: 403, retry: false },
  'auth.forbidden': { status: 403, retry: false },
  'auth.step_up': { status: 403, retry: true },
  'auth.factor_needed': { status: 403, retry: false },
  'auth.suspended': { status: 403, retry: false },
  'password.too_short': { status: 422, retry: false },
  'password.too_long': { status: 422, retry: false },
  'password.too_common': { status: 422, retry: false },
  'password.too_simple': { status: 422, retry: false },
  'password.composition': { status: 422, retry: false },
  'password.personal': { status: 422, retry: false },
  'password.reused': { status: 422, retry: false },
  'account.exists': { status: 409, retry: false },
  'account.last_owner': { status: 409, retry: false },
  'account.beyond_you': { status: 403, retry: false },
  'account.device_limit': { status: 409, retry: false },
  'role.not_found': { status: 404, retry: false },
  'role.in_use': { status: 409, retry: false },
  'role.exists': { status: 409, retry: false },
  'role.limit': { status: 409, retry: false },
  'factor.wrong': { status: 403, retry: false },
  'factor.challenge_over': { status: 410, retry: false },
  'factor.setup_over': { status: 410, retry: false },
  'factor.unavailable': { status: 409, retry: false },
  'factor.not_sent': { status: 503, retry: true },
  'factor.exists': { status: 409, retry: false },
  'factor.limit': { status: 409, retry: false },
  'factor.last_required': { status: 409, retry: false },
  'sign_on.failed': { status: 400, retry: false },
  'sign_on.expired': { status: 410, retry: false },
  'sign_on.declined': { status: 403, retry: false },
  'sign_on.no_account': { status: 403, retry: false },
  'sign_on.other_email': { status: 409, retry: false },
  'sign_on.already_linked': { status: 409, retry: false },
  'sign_on.last_way_in': { status: 409, retry: false },
  'sign_on.only': { status: 403, retry: false },
  'sign_on.not_ready': { status: 409, retry: false },
  'sign_on.limit': { status: 409, retry: false },
  'sign_on.domain_taken': { status: 409, retry: false },
  'sign_on.provider_unreachable': { status: 502, retry: true },
  'sign_on.provider_invalid': { status: 502, retry: false },
  'meeting.not_found': { status: 404, retry: false },
  'meeting.wrong_passcode': { status: 403, retry: false },
  'meeting.full': { status: 409, retry: true },
  'meeting.ended': { status: 410, retry: false },
  'meeting.limit': { status: 409, retry: false },
  'meeting.id_taken': { status: 409, retry: true },
  'resume.unknown': { status: 410, retry: false },
  'media.offer_invalid': { status: 400, retry: false },
  'media.unavailable': { status: 503, retry: true },
  'direct.not_offered': { status: 409, retry: false },
  'direct.too_many': { status: 429, retry: false },
  'group.not_member': { status: 403, retry: false },
  'group.stale_epoch': { status: 409, retry: false },
  'group.not_pending': { status: 409, retry: false },
  'group.rate': { status: 429, retry: true },
  'file.access': { status: 401, retry: true },
  'file.not_found': { status: 404, retry: false },
  'file.not_allowed': { status: 403, retry: false },
  'file.too_large': { status: 413, retry: false },
  'file.quota': { status: 409, retry: false },
  'file.storage_full': { status: 507, retry: true },
  'file.incomplete': { status: 409, retry: false },
  'file.finished': { status: 409, retry: false },
  'file.id_taken': { status: 409, retry: false },
  'policy.stale': { status: 409, retry: false },
  'policy.pinned': { status: 409, retry: false },
  'policy.conflict': { status: 422, retry: false },
  'policy.no_usable_factor': { status: 422, retry: false },
  'policy.unknown_role': { status: 422, retry: false },
  'meeting.enforced': { status: 409, retry: false },
  'meeting.members_only': { status: 403, retry: false },
  'media.full': { status: 503, retry: true },
  'server.stopping': { status: 503, retry: true },
  'server.internal': { status: 500, retry: true },
} as const satisfies Record<string, { status: number; retry: boolean }>;

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
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.field = options.field;
    this.retryAfterMs = options.retryAfterMs;
  }
}
