import { owned, utf8 } from '../bytes/bytes.ts';
import { MlsError } from '../errors.ts';

const secretBytes = 32;

/**
 * What the meeting's secret (32 bytes, `MeetingSecret.psk`) is used for, each by a key of its own
 * (HKDF-SHA-256, RFC 5869, empty salt), so that a tag tells nothing of the PSK.
 */
export interface MeetingKeys {
  /** HMAC-SHA-256 of admission tags; info "Conclave admission v1". Not extractable. */
  readonly admission: CryptoKey;
  /** The external PSK of every commit that adds (RFC 9420 section 8.4); info "Conclave external PSK v1". */
  readonly externalPsk: Uint8Array<ArrayBuffer>;
}

/** @throws MlsError `malformed` when the secret is not 32 bytes. */
export async function deriveMeetingKeys(psk: Uint8Array): Promise<MeetingKeys> {
  if (psk.length !== secretBytes) throw new MlsError('malformed', 'not a meeting secret');
  const secret = await crypto.subtle.importKey('raw', owned(psk), 'HKDF', false, ['deriveBits', 'deriveKey']);
  const hmac = { name: 'HMAC', hash: 'SHA-256', length: 256 };
  const admission = await crypto.subtle.deriveKey(hkdf('Conclave admission v1'), secret, hmac, false, [
    'sign',
    'verify',
  ]);
  const external = await crypto.subtle.deriveBits(hkdf('Conclave external PSK v1'), secret, 256);
  return { admission, externalPsk: new Uint8Array(external) };
}

function hkdf(info: string): HkdfParams {
  return { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: utf8(info) };
}
