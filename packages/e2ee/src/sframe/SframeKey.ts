import { type Bytes, concat } from '../bytes.ts';
import { type Aead, importAead, type KeyUse } from './Aead.ts';
import { CIPHER_SUITES, type CipherSuite, NONCE_BYTES } from './cipherSuite.ts';
import { SframeError } from './SframeError.ts';

/** What a base key gives for one key id: the AEAD under `sframe_key`, and `sframe_salt` (12 bytes). */
export interface SframeKey<Use extends KeyUse> {
  readonly use: Use;
  readonly suite: CipherSuite;
  readonly kid: bigint;
  readonly aead: Aead;
  readonly salt: Bytes;
}

/**
 * A base key of the suite's Nk bytes, as something to derive from; the caller may wipe its bytes afterwards.
 *
 * @throws SframeError `invalid-key` when it has another length.
 */
export async function importBaseKey(suite: CipherSuite, baseKey: Bytes): Promise<CryptoKey> {
  if (baseKey.length !== CIPHER_SUITES[suite].keyBytes) throw new SframeError('invalid-key');
  return crypto.subtle.importKey('raw', baseKey, 'HKDF', false, ['deriveBits']);
}

/** The key for one key id and one direction. */
export async function deriveSframeKey<Use extends KeyUse>(
  suite: CipherSuite,
  baseKey: CryptoKey,
  kid: bigint,
  use: Use,
): Promise<SframeKey<Use>> {
  const [key, salt] = await Promise.all([
    expand(suite, baseKey, kid, 'key', CIPHER_SUITES[suite].keyBytes),
    expand(suite, baseKey, kid, 'salt', NONCE_BYTES),
  ]);
  const aead = await importAead(suite, key, use);
  key.fill(0);
  return { use, suite, kid, aead, salt };
}

/** `derive_key_salt` of RFC 9605, section 4.4.2, one of its two outputs. */
export async function expand(
  suite: CipherSuite,
  baseKey: CryptoKey,
  kid: bigint,
  what: 'key' | 'salt',
  length: number,
): Promise<Bytes> {
  const { id, hash } = CIPHER_SUITES[suite];
  const numbers = new DataView(new ArrayBuffer(10));
  numbers.setBigUint64(0, kid);
  numbers.setUint16(8, id);
  const label = new TextEncoder().encode(`SFrame 1.0 Secret ${what} `);
  const info = concat(label, new Uint8Array(numbers.buffer));
  const parameters = { name: 'HKDF', hash, salt: new Uint8Array(0), info };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, baseKey, length * 8));
}
