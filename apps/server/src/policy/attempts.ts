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

/** Links that let somebody choose a password. Strangers count as one, each known browser and place by itself. */
export const RESET_REQUESTS = {
  address: { wrong: 20, windowSeconds: 60 * 60 },
  account: { wrong: 3, windowSeconds: 60 * 60 },
} as const;
/** So many of an account are good at a time; then none is sent, and none ends. Six by strangers, at the turn of an hour. */
export const MOST_RESET_LINKS = 12;

export const LINK_ATTEMPTS = {
  address: { wrong: 20, windowSeconds: 15 * 60 },
} as const;

/** Sign-ons that are sent to a provider: whole offices begin their day at once, from one address. */
export const SIGN_ON_BEGINS = {
  address: { wrong: 600, windowSeconds: 10 * 60 },
} as const;

/** Logouts that somebody says a provider has sent, and that are none. */
export const LOGOUT_ATTEMPTS = {
  address: { wrong: 30, windowSeconds: 15 * 60 },
} as const;
/** How often those, from wherever, make us ask one provider for its keys. */
export const STRANGERS_KEY_FETCHES = { fetches: 5, windowMs: 5 * 60_000 } as const;
/** How long a provider that could not be reached, or was none, is taken for that, ms. */
export const PROVIDER_FAULT_MS = 15_000;

/** Requests of directories with a token that is none. */
export const SCIM_ATTEMPTS = {
  address: { wrong: 30, windowSeconds: 15 * 60 },
} as const;

/** Joins of one visitor in one meeting, whether or not they are let in: each asks hosts to look. */
export const JOIN_ATTEMPTS = {
  visitor: { wrong: 12, windowSeconds: 60 },
  invitation: { wrong: 12, windowSeconds: 60 },
} as const;

export const PROOF_ATTEMPTS = {
  address: { wrong: 60, windowSeconds: 10 * 60 },
  meeting: { wrong: 300, windowSeconds: 10 * 60 },
} as const;

/** Invitations that are made, and questions whether an address has an account here. */
export const INVITATIONS_MADE = { account: { wrong: 1_500, windowSeconds: 60 * 60 } } as const;
export const COHOST_LOOKUPS = { account: { wrong: 60, windowSeconds: 60 * 60 } } as const;

/** Mails to people who may never have heard of this service, whether they invite, tell of a change, or cancel. */
export const INVITATION_MAILS = {
  account: { wrong: 600, windowSeconds: 60 * 60 },
  day: { wrong: 1_500, windowSeconds: 24 * 60 * 60 },
  /** To one address, from everybody here. */
  recipient: { wrong: 20, windowSeconds: 24 * 60 * 60 },
  service: { wrong: 3_000, windowSeconds: 60 * 60 },
} as const;

/** Secrets of invitations that are none. */
export const INVITATION_OPENS = { address: { wrong: 60, windowSeconds: 10 * 60 } } as const;

/** Rings, whatever comes of them. Whoever rings one person without end is a nuisance long before they are a load. */
export const RINGS = {
  caller: { wrong: 60, windowSeconds: 10 * 60 },
  pair: { wrong: 8, windowSeconds: 10 * 60 },
} as const;
/** Searches of the directory: whoever types is far below, whoever copies it is not. */
export const DIRECTORY_SEARCHES = {
  account: { wrong: 120, windowSeconds: 10 * 60 },
  day: { wrong: 2_000, windowSeconds: 24 * 60 * 60 },
} as const;
/** Contacts that are added: with an address, the answer says whether it has an account here. */
export const CONTACTS_ADDED = { account: { wrong: 60, windowSeconds: 60 * 60 } } as const;
/** Secrets of contact links that are none, and tokens of calls. */
export const CONTACT_LINK_OPENS = { address: { wrong: 60, windowSeconds: 10 * 60 } } as const;
/** Mails about missed calls, to one person. */
export const MISSED_CALL_MAILS = { recipient: { wrong: 10, windowSeconds: 60 * 60 } } as const;

/** Test calls before joining. A whole office may try theirs from one address at nine o'clock. */
export const TEST_CALLS = {
  address: { wrong: 60, windowSeconds: 10 * 60 },
  account: { wrong: 20, windowSeconds: 10 * 60 },
} as const;
/** Test calls at once: two ends of one stream each, for a minute at most. */
export const MOST_TEST_CALLS = 200;

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
