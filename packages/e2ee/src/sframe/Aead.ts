import type { Bytes } from '../bytes.ts';
import { importAesCtrHmac } from './aesCtrHmac.ts';
import { importAesGcm } from './aesGcm.ts';
import { CIPHER_SUITES, type CipherSuite } from './cipherSuite.ts';

/** A key is for one direction, never both (RFC 9605, section 4.4.1). */
export type KeyUse = 'encrypt' | 'decrypt';

/**
 * Authenticated encryption (RFC 5116) under one key. Encrypting gives the ciphertext with the tag behind it, decrypting
 * takes the same and rejects when the tag is wrong, the ciphertext is shorter than a tag, or the key is for the other
 * direction.
 */
export type Aead = (nonce: Bytes, aad: Bytes, input: Bytes) => Promise<Bytes>;

/** Takes in a key of the suite's Nk bytes; the caller may wipe them afterwards. */
export function importAead(suite: CipherSuite, key: Bytes, use: KeyUse): Promise<Aead> {
  const { mode, tagBytes } = CIPHER_SUITES[suite];
  return mode === 'AES-GCM' ? importAesGcm(key, use) : importAesCtrHmac(key, tagBytes, use);
}
