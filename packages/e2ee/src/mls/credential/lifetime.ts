import { MlsError } from '../errors.ts';
import { MLS_LIMITS } from '../limits.ts';

const hour = 60 * 60 * 1_000;

/** How long a credential must still be valid, and may be at most, for what is done with it, ms. */
export interface Lifetime {
  readonly least: number;
  readonly most: number;
}

/**
 * Whoever makes a commit is stricter than whoever follows it, so that nobody is split off because clocks differ. Who is
 * in the tree already is judged by nobody who joins: their time was looked at when they were added, and one who stays
 * too long must not keep all others out.
 */
export const LIFETIMES = {
  /** Of a KeyPackage that we would add: nobody comes in with a leaf that is over soon. */
  adding: { least: 24 * hour, most: MLS_LIMITS.credentialLifetimeMs },
  /** Of one that another member adds. */
  added: { least: 12 * hour, most: MLS_LIMITS.credentialLifetimeMs + 12 * hour },
  /** Of our own leaf, when we commit. */
  committing: { least: 0, most: Number.POSITIVE_INFINITY },
  /** Of another's. */
  committed: { least: -24 * hour, most: Number.POSITIVE_INFINITY },
} as const satisfies Record<string, Lifetime>;

/** @throws MlsError `bad_credential` */
export function checkLifetime(notAfter: number, now: number, { least, most }: Lifetime): void {
  if (notAfter <= now + least) throw new MlsError('bad_credential', 'a credential is over, or soon');
  if (notAfter > now + most) throw new MlsError('bad_credential', 'a credential is valid for too long');
}
