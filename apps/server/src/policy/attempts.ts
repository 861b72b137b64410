/**
 * How many wrong guesses we take, for how long. Whole offices share an address, so the numbers for an address
 * are above what one person mistypes; what protects a secret is its own strength.
 */
export const SIGN_IN_ATTEMPTS = {
  address: { wrong: 30, windowSeconds: 15 * 60 },
  account: { wrong: 15, windowSeconds: 15 * 60 },
  /** NIST SP 800-63B-4 section 3.2.2: no more than 100 failures in a row for one account. */
  day: { wrong: 100, windowSeconds: 24 * 60 * 60 },
  /** One password tried on many accounts from many addresses: those who come from nowhere known wait. */
  service: { wrong: 500, windowSeconds: 15 * 60 },
} as const;

/** Links that let somebody choose a password. */
export const RESET_REQUESTS = {
  address: { wrong: 20, windowSeconds: 60 * 60 },
  account: { wrong: 3, windowSeconds: 60 * 60 },
} as const;

export const LINK_ATTEMPTS = {
  address: { wrong: 20, windowSeconds: 15 * 60 },
} as const;

/** Sign-ons that are sent to a provider: whole offices begin their day at once, from one address. */
export const SIGN_ON_BEGINS = {
  address: { wrong: 600, windowSeconds: 10 * 60 },
} as const;

/** Requests of directories with a token that is none. */
export const SCIM_ATTEMPTS = {
  address: { wrong: 30, windowSeconds: 15 * 60 },
} as const;

export const PROOF_ATTEMPTS = {
  address: { wrong: 60, windowSeconds: 10 * 60 },
  meeting: { wrong: 300, windowSeconds: 10 * 60 },
} as const;

/** A code of six digits is found by 3 in a million guesses; these take, of one kind, ten in a quarter of an hour. */
export const FACTOR_ATTEMPTS = {
  address: { wrong: 60, windowSeconds: 15 * 60 },
  /** Each kind of factor is counted apart. */
  account: { wrong: 10, windowSeconds: 15 * 60 },
  /** All kinds together (NIST SP 800-63B-4 section 3.2.2). */
  day: { wrong: 100, windowSeconds: 24 * 60 * 60 },
  service: { wrong: 1_000, windowSeconds: 15 * 60 },
} as const;

/** Codes that are sent, whether or not they are used. */
export const CODE_SENDS = {
  address: { wrong: 30, windowSeconds: 15 * 60 },
  account: { wrong: 5, windowSeconds: 15 * 60 },
  service: { wrong: 600, windowSeconds: 60 * 60 },
} as const;

/** How long a sign-in waits for its second step, in ms, and how many answers it takes. */
export const SIGN_IN_CHALLENGE_MS = 10 * 60_000;
export const SIGN_IN_CHALLENGE_TRIES = 10;
/** How long a code that was sent is good, in ms, and for how many tries. */
export const SENT_CODE_MS = 10 * 60_000;
export const SENT_CODE_TRIES = 5;
/** How long a factor waits for its first code, in ms. */
export const FACTOR_SET_UP_MS = 10 * 60_000;
