import { sha256 } from '@noble/hashes/sha2.js';
import type { Bytes } from '../bytes.ts';

/**
 * Whoever wants a frame of their own to pass for one that is listed needs a second preimage of a hash that they learn
 * when the true frame is sent: 2^64 tries while the receiver still waits for it. Collisions are of no use, since the
 * sender does not let others choose its ciphertexts.
 */
export const FRAME_HASH_BYTES = 8;

/**
 * The first 8 bytes of SHA-256 over the length of the metadata (2 bytes), the metadata, and the SFrame ciphertext with
 * its header: so over key id and counter too. The metadata is in it because GCM does not bind it against somebody who
 * has the key. In script: a hop to another thread costs more than the hash of most frames.
 */
export function frameHash(metadata: Uint8Array, ciphertext: Bytes): bigint {
  const length = Uint8Array.of(metadata.length >> 8, metadata.length & 0xff);
  const digest = sha256.create().update(length).update(metadata).update(ciphertext).digest();
  return new DataView(digest.buffer, digest.byteOffset).getBigUint64(0);
}
