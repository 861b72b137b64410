/** DHKEM(X25519)'s. */
export const KEM_OUTPUT_BYTES = 32;
/** What AES-GCM adds to a text, bytes. */
export const TAG_BYTES = 16;
/** Lengths of ciphertexts, bytes. */
const smallest = 128;
export const PRIVATE_LIMIT = 2 ** 15;

/** Whether a ciphertext is as long as one can be: a power of two, so that it tells little of the length of the text. */
export function isPrivateLength(length: number): boolean {
  return length >= smallest && length <= PRIVATE_LIMIT && (length & (length - 1)) === 0;
}

/** How long a text of so many bytes is made before it is sealed. */
export function paddedLength(length: number): number {
  let sealed = smallest;
  while (sealed < length + TAG_BYTES) sealed *= 2;
  return sealed - TAG_BYTES;
}
