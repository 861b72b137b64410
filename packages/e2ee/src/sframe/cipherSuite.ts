/** Bytes of a nonce (Nn), the same for every suite. */
export const NONCE_BYTES = 12;

interface Suite {
  /** The number in the IANA registry (RFC 9605, section 8.1). */
  readonly id: number;
  readonly hash: 'SHA-256' | 'SHA-512';
  readonly mode: 'AES-GCM' | 'AES-CTR-HMAC';
  /** Nk: bytes of the base key and of the AEAD's key. */
  readonly keyBytes: number;
  /** Nt: what a ciphertext is longer than its plaintext, bytes. */
  readonly tagBytes: number;
}

/** The cipher suites of RFC 9605, section 4.5. Those in counter mode take the first 16 bytes of their key for AES. */
export const CIPHER_SUITES = {
  AES_128_CTR_HMAC_SHA256_80: { id: 1, hash: 'SHA-256', mode: 'AES-CTR-HMAC', keyBytes: 48, tagBytes: 10 },
  AES_128_CTR_HMAC_SHA256_64: { id: 2, hash: 'SHA-256', mode: 'AES-CTR-HMAC', keyBytes: 48, tagBytes: 8 },
  AES_128_CTR_HMAC_SHA256_32: { id: 3, hash: 'SHA-256', mode: 'AES-CTR-HMAC', keyBytes: 48, tagBytes: 4 },
  AES_128_GCM_SHA256_128: { id: 4, hash: 'SHA-256', mode: 'AES-GCM', keyBytes: 16, tagBytes: 16 },
  AES_256_GCM_SHA512_128: { id: 5, hash: 'SHA-512', mode: 'AES-GCM', keyBytes: 32, tagBytes: 16 },
} as const satisfies Record<string, Suite>;

export type CipherSuite = keyof typeof CIPHER_SUITES;
