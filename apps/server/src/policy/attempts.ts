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

export const PROOF_ATTEMPTS = {
  address: { wrong: 60, windowSeconds: 10 * 60 },
  meeting: { wrong: 300, windowSeconds: 10 * 60 },
} as const;
