import { Secret, TOTP } from 'otpauth';

const algorithm = 'SHA1';
const digits = 6;
/** Seconds. */
const period = 30;
/** Steps that the person's clock may be early or late. */
const drift = 1;
/** 160 bits, as RFC 4226 section 4 (R6) recommends. */
const secretBytes = 20;

export function makeTotpSecret(): Uint8Array {
  return new Uint8Array(new Secret({ size: secretBytes }).bytes);
}

/** What people type when they cannot scan. */
export function totpBase32(secret: Uint8Array): string {
  return secretOf(secret).base32;
}

/** `otpauth://totp/…`: what authenticator apps read from a QR code. */
export function totpUri(secret: Uint8Array, issuer: string, account: string): string {
  return new TOTP({ issuer, label: account, algorithm, digits, period, secret: secretOf(secret) }).toString();
}

/** The code of a moment (RFC 6238), in ms. */
export function totpCode(secret: Uint8Array, at: number): string {
  return TOTP.generate({ secret: secretOf(secret), algorithm, digits, period, timestamp: at });
}

/**
 * Whose step of 30 s a code is, one early or late included (RFC 6238 section 5.2); null for none. The comparison takes the
 * same time for every code. Whoever calls must let each step count once.
 */
export function totpStep(secret: Uint8Array, code: string, now: number): number | null {
  // The comparison wants as many bytes, not only as many characters.
  if (!/^[0-9]{6}$/.test(code)) return null;
  const delta = TOTP.validate({
    token: code,
    secret: secretOf(secret),
    algorithm,
    digits,
    period,
    timestamp: now,
    window: drift,
  });
  return delta === null ? null : TOTP.counter({ period, timestamp: now }) + delta;
}

function secretOf(bytes: Uint8Array): Secret {
  return new Secret({ buffer: new Uint8Array(bytes).buffer });
}
