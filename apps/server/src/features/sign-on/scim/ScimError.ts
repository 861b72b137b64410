/** RFC 7644, section 3.12, table 9. */
export type ScimErrorType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue';

const DETAILS: Readonly<Record<ScimErrorType, string>> = {
  invalidFilter: 'This filter is not supported. Use: attribute eq "value".',
  tooMany: 'There is too much of that in one request.',
  uniqueness: 'There is one with this name already.',
  mutability: 'This cannot be changed.',
  invalidSyntax: 'The request could not be read.',
  invalidPath: 'There is no such attribute to change.',
  noTarget: 'The path names nothing.',
  invalidValue: 'A value is not as it should be.',
};

const BY_STATUS: Readonly<Record<number, string>> = {
  401: 'The token is missing, wrong or revoked.',
  403: 'That is not for a directory to do.',
  404: 'There is no such resource.',
  405: 'This address does not take that kind of request.',
  413: 'The request is too large.',
  429: 'Too many requests.',
  500: 'Something went wrong on our side.',
};

/** A refusal in SCIM's own words. The details are ours and quote nothing of the request. */
export class ScimError extends Error {
  override readonly name = 'ScimError';
  readonly status: number;
  readonly type: ScimErrorType | null;
  readonly retryAfterMs: number | undefined;

  constructor(status: number, type: ScimErrorType | null = null, retryAfterMs?: number) {
    super(type ?? String(status));
    this.status = status;
    this.type = type;
    this.retryAfterMs = retryAfterMs;
  }

  toBody(): object {
    return {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: String(this.status),
      ...(this.type !== null && { scimType: this.type }),
      detail: this.type === null ? (BY_STATUS[this.status] ?? 'Refused.') : DETAILS[this.type],
    };
  }
}
