/**
 * How many wrong guesses we take, for how long. Whole offices share an address, so the numbers for an address
 * are above what one person mistypes; what protects a secret is its own strength.
 */
export const SIGN_IN_ATTEMPTS = {
  address: { wrong: 30, windowSeconds: 15 * 60 },
  account: { wrong: 15, windowSeconds: 15 * 60 },
} as const;

export const OWNER_LINK_ATTEMPTS = {
  address: { wrong: 20, windowSeconds: 15 * 60 },
} as const;

export const PROOF_ATTEMPTS = {
  address: { wrong: 60, windowSeconds: 10 * 60 },
  meeting: { wrong: 300, windowSeconds: 10 * 60 },
} as const;
