import { createHash, randomBytes } from 'node:crypto';
import type { FactorKeys } from '../../../security/factorKeys.ts';
import { sameBytes } from '../../../security/tokens.ts';

export const PASSKEY_CHALLENGE_MS = 10 * 60_000;
const contentBytes = 24;

/** What a passkey is asked for, and by whom: an answer is good there alone. */
export interface PasskeyPurpose {
  readonly kind: 'sign-in' | 'second-step' | 'confirm' | 'add';
  /** A challenge's or a session's id; empty where nobody is known yet. */
  readonly subject: string;
}

/**
 * A random challenge that says until when and for what it is good, signed: nothing is kept of the many that nobody answers.
 * Times in ms.
 */
export function makePasskeyChallenge(keys: FactorKeys, purpose: PasskeyPurpose, now: number): string {
  const content = Buffer.concat([randomBytes(16), Buffer.alloc(8)]);
  content.writeBigUInt64BE(BigInt(now + PASSKEY_CHALLENGE_MS), 16);
  return Buffer.concat([content, sign(keys, purpose, content)]).toString('base64url');
}

/** Until when it is good; null for one that is not ours, is for something else, or is over. It may be used once. */
export function readPasskeyChallenge(
  keys: FactorKeys,
  purpose: PasskeyPurpose,
  challenge: string,
  now: number,
): Date | null {
  const bytes = Buffer.from(challenge, 'base64url');
  const content = bytes.subarray(0, contentBytes);
  if (content.length < contentBytes) return null;
  if (!sameBytes(bytes.subarray(contentBytes), sign(keys, purpose, content))) return null;
  const expiresAt = Number(content.readBigUInt64BE(16));
  return expiresAt > now ? new Date(expiresAt) : null;
}

export function hashChallenge(challenge: string): Buffer {
  return createHash('sha256').update(Buffer.from(challenge, 'base64url')).digest();
}

function sign(keys: FactorKeys, { kind, subject }: PasskeyPurpose, content: Uint8Array): Buffer {
  return keys.signChallenge(Buffer.concat([content, Buffer.from(`${kind}\0${subject}`)]));
}
