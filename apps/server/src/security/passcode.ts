import { createHash } from 'node:crypto';
import { sameBytes } from './tokens.ts';

/** Whether this is the proof of a meeting's passcode. @param verifier SHA-256 of the proof, 32 bytes */
export function provesPasscode(proof: Uint8Array, verifier: Uint8Array): boolean {
  return sameBytes(createHash('sha256').update(proof).digest(), verifier);
}
