import { createHmac, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { sameBytes } from './tokens.ts';

const derive = promisify(pbkdf2);
const saltBytes = 16;
const hashBytes = 64;

/** A PHC string: `$pbkdf2-sha512$i=<iterations>$<salt>$<hash>`, salt and hash in base64 without padding. */
const form = /^\$pbkdf2-sha512\$i=(\d{1,9})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{86})$/;

/**
 * PBKDF2 with HMAC-SHA-512 (RFC 8018 section 5.2, NIST SP 800-132). Before it the password goes through HMAC with the
 * installation's pepper, so that a stolen database alone cannot be searched.
 */
export async function hashPbkdf2(password: string, pepper: Buffer, iterations: number): Promise<string> {
  const salt = randomBytes(saltBytes);
  const hash = await derive(keyed(password, pepper), salt, iterations, hashBytes, 'sha512');
  return `$pbkdf2-sha512$i=${iterations}$${unpadded(salt)}$${unpadded(hash)}`;
}

export async function verifyPbkdf2(text: string, password: string, pepper: Buffer): Promise<boolean> {
  const parts = form.exec(text);
  if (parts === null) return false;
  const salt = Buffer.from(parts[2] ?? '', 'base64');
  const stored = Buffer.from(parts[3] ?? '', 'base64');
  const hash = await derive(keyed(password, pepper), salt, Number(parts[1]), hashBytes, 'sha512');
  return sameBytes(hash, stored);
}

/** Null when it is of another kind. */
export function pbkdf2Iterations(text: string): number | null {
  const parts = form.exec(text);
  return parts === null ? null : Number(parts[1]);
}

function keyed(password: string, pepper: Buffer): Buffer {
  return createHmac('sha512', pepper).update(password, 'utf8').digest();
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
