import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Secret } from '../secret.ts';

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * What of the second factors must not be read by somebody who has the database alone. Keys are derived from the
 * installation's secret (HKDF with SHA-256, RFC 5869), one for each purpose.
 */
export class FactorKeys {
  readonly #sealing: Secret<Buffer>;
  readonly #codes: Secret<Buffer>;
  readonly #challenges: Secret<Buffer>;

  constructor(installation: Secret<Buffer>) {
    const derive = (purpose: string) =>
      new Secret(Buffer.from(hkdfSync('sha256', installation.reveal(), '', `conclave ${purpose} v1`, 32)));
    this.#sealing = derive('factor secrets');
    this.#codes = derive('factor codes');
    this.#challenges = derive('passkey challenges');
  }

  /** Encrypts and authenticates (AES-256-GCM): nonce, ciphertext, tag. It opens for the same `owner` alone. */
  seal(plain: Uint8Array, owner: string): Buffer {
    const nonce = randomBytes(nonceBytes);
    const sealing = createCipheriv(cipher, this.#sealing.reveal(), nonce).setAAD(Buffer.from(owner));
    return Buffer.concat([nonce, sealing.update(plain), sealing.final(), sealing.getAuthTag()]);
  }

  /** @throws Error when it was sealed for somebody else, with other secrets, or was changed. */
  open(sealed: Uint8Array, owner: string): Buffer {
    const bytes = Buffer.from(sealed);
    const opening = createDecipheriv(cipher, this.#sealing.reveal(), bytes.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    });
    opening.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(-tagBytes));
    return Buffer.concat([opening.update(bytes.subarray(nonceBytes, -tagBytes)), opening.final()]);
  }

  /**
   * HMAC-SHA-256 of a code that is too short to be hashed without a key: all of them could be tried. 32 bytes, another for
   * each `owner`.
   */
  hashCode(owner: string, code: string): Buffer {
    return createHmac('sha256', this.#codes.reveal()).update(`${owner}\0${code}`).digest();
  }

  /** HMAC-SHA-256 of the challenges that are handed out. 32 bytes. */
  signChallenge(content: Uint8Array): Buffer {
    return createHmac('sha256', this.#challenges.reveal()).update(content).digest();
  }
}
