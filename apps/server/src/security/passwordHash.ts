import { hash, parseOptions, verify } from '@node-rs/argon2';
import type { Secret } from '../secret.ts';

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

/** Hashes and checks passwords with Argon2id (RFC 9106), keyed with the installation's pepper. */
export class PasswordHasher {
  readonly #pepper: Secret<Buffer>;
  readonly #costs: PasswordCosts;
  #decoy: Promise<string> | undefined;

  constructor(pepper: Secret<Buffer>, costs: PasswordCosts = PASSWORD_COSTS) {
    this.#pepper = pepper;
    this.#costs = costs;
  }

  /** A PHC string with its own random salt of 16 bytes. */
  hash(password: string): Promise<string> {
    return hash(normalize(password), { ...this.#costs, algorithm: argon2id, secret: this.#pepper.reveal() });
  }

  /** Null stands for an account that does not exist: the same work is done, and the answer is no. */
  async verify(passwordHash: string | null, password: string): Promise<boolean> {
    this.#decoy ??= this.hash('nobody has this password');
    const against = passwordHash ?? (await this.#decoy);
    const matches = await verify(against, normalize(password), { secret: this.#pepper.reveal() });
    return matches && passwordHash !== null;
  }

  /** Whether a stored hash was made with less than today's costs. */
  isOutdated(passwordHash: string): boolean {
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
