import type { Pointer } from '../native/library.ts';
import { EVP_sha256, X509_digest } from '../native/openssl.ts';

const SHA256_BYTES = 32;

/** SHA-256 of a certificate as SDP has it (RFC 8122, section 5): upper-case hexadecimal pairs with colons. */
export function certificateFingerprint(certificate: Pointer): string {
  const digest = Buffer.alloc(SHA256_BYTES);
  if (X509_digest(certificate, EVP_sha256(), digest, null) !== 1)
    throw new Error('no digest of a certificate');
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':');
}
