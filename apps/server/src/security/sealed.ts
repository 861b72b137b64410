import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Secret } from '../secret.ts';

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Keeps secrets that must be read again (client secrets of providers, seeds of authenticator apps) encrypted in the database:
 * AES-256-GCM (NIST SP 800-38D) under a key derived with HKDF (RFC 5869) from what only this installation knows. What was sealed
 * for one context, such as one row, opens for no other. Layout: version (1 byte), nonce (12), ciphertext, tag (16).
 */
export class Sealer {
  readonly #key: Buffer;

  constructor(secret: Secret<Buffer>) {
    this.#key = Buffer.from(hkdfSync('sha256', secret.reveal(), '', 'conclave sealed secrets', 32));
  }

  seal(context: string, plain: Uint8Array): Buffer {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce, { authTagLength: tagBytes });
    cipher.setAAD(Buffer.from(context, 'utf8'));
    const text = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([Buffer.from([version]), nonce, text, cipher.getAuthTag()]);
  }

  /** @throws Error when it was not sealed by this installation for this context. */
  open(context: string, sealed: Uint8Array): Buffer {
    const bytes = Buffer.from(sealed);
    if (bytes.length < 1 + nonceBytes + tagBytes || bytes[0] !== version) throw new Error('not sealed by us');
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(1, 1 + nonceBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(Buffer.from(context, 'utf8'));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(1 + nonceBytes, -tagBytes)), decipher.final()]);
  }
}
