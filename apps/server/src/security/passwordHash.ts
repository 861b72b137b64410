import { hash, parseOptions, verify } from '@node-rs/argon2';
import type { Secret } from '../secret.ts';
import { hashPbkdf2, pbkdf2Iterations, verifyPbkdf2 } from './pbkdf2.ts';

/** Costs of Argon2id: memory in KiB, passes, lanes. */
export interface PasswordCosts {
  readonly memoryCost: number;
  readonly timeCost: number;
  readonly parallelism: number;
}

/** The least that OWASP's password storage guide takes for Argon2id: 19 MiB, two passes, one lane. */
export const PASSWORD_COSTS: PasswordCosts = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** The library's `Algorithm.Argon2id`, which as an ambient const enum cannot be imported. */
const argon2id = 2;

/** OWASP's password storage guide, for PBKDF2 with HMAC-SHA-512. */
export const PBKDF2_ITERATIONS = 210_000;

/** `fips`: where only algorithms of FIPS 140-3 are allowed. */
export type PasswordProfile = 'argon2id' | 'fips';

/**
 * Hashes and checks passwords with Argon2id (RFC 9106) keyed with the installation's pepper, or with PBKDF2. Hashes of both
 * kinds are understood; which kind is made is the profile's, and the others count as outdated.
 */
export class PasswordHasher {
  readonly #pepper: Secret<Buffer>;
  readonly #profile: PasswordProfile;
  readonly #costs: PasswordCosts;
  #decoy: Promise<string> | undefined;

  constructor(
    pepper: Secret<Buffer>,
    profile: PasswordProfile = 'argon2id',
    costs: PasswordCosts = PASSWORD_COSTS,
  ) {
    this.#pepper = pepper;
    this.#profile = profile;
    this.#costs = costs;
  }

  /** A PHC string with its own random salt of 16 bytes. */
  hash(password: string): Promise<string> {
    const text = normalize(password);
    const pepper = this.#pepper.reveal();
    return this.#profile === 'fips'
      ? hashPbkdf2(text, pepper, PBKDF2_ITERATIONS)
      : hash(text, { ...this.#costs, algorithm: argon2id, secret: pepper });
  }

  /** Null stands for an account that does not exist: the same work is done, and the answer is no. */
  async verify(passwordHash: string | null, password: string): Promise<boolean> {
    this.#decoy ??= this.hash('nobody has this password');
    const against = passwordHash ?? (await this.#decoy);
    const text = normalize(password);
    const secret = this.#pepper.reveal();
    const matches =
      pbkdf2Iterations(against) === null
        ? await verify(against, text, { secret })
        : await verifyPbkdf2(against, text, secret);
    return matches && passwordHash !== null;
  }

  /** Whether a stored hash was made otherwise than today's would be, or with less than today's costs. */
  isOutdated(passwordHash: string): boolean {
    const iterations = pbkdf2Iterations(passwordHash);
    if (this.#profile === 'fips') return iterations === null || iterations < PBKDF2_ITERATIONS;
    if (iterations !== null) return true;
    const made = parseOptions(passwordHash);
    return (
      made.algorithm !== argon2id ||
      made.memoryCost < this.#costs.memoryCost ||
      made.timeCost < this.#costs.timeCost ||
      made.parallelism < this.#costs.parallelism
    );
  }
}

/** The same characters from any keyboard (RFC 8265 section 4.2 uses NFC for opaque strings). */
function normalize(password: string): string {
  return password.normalize('NFC');
}
