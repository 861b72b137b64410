import { type Bytes, concat } from '../bytes.ts';
import { bigEndian } from '../mls/bytes/bytes.ts';

const label = new TextEncoder().encode('Conclave file v1');

export async function hashPart(sealed: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', sealed));
}

/**
 * Of the whole file as the server has it: SHA-256 of "Conclave file v1", the id, the number of encrypted bytes in 64 bits
 * and the SHA-256 of each part in order. A list of hashes, so that parts can come in any order and a second time.
 */
export async function hashOfParts(id: Bytes, sealedBytes: number, parts: readonly Bytes[]): Promise<Bytes> {
  const hashed = concat(label, id, bigEndian(sealedBytes, 8), ...parts);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', hashed));
}
