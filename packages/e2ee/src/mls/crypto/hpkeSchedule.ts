import { concat, equalBytes, utf8 } from '../bytes/bytes.ts';
import { hkdfExpand, hkdfExtract } from './hkdf.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

/** RFC 9180 section 7: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-128-GCM, as MLS's suite 1 has them. */
const kemSuite = concat(utf8('KEM'), Uint8Array.of(0x00, 0x20));
const hpkeSuite = concat(utf8('HPKE'), Uint8Array.of(0x00, 0x20, 0x00, 0x01, 0x00, 0x01));
const version = utf8('HPKE-v1');
const nothing = new Uint8Array();
export const sharedBytes = 32;
export const keyBytes = 16;
export const nonceBytes = 12;

const modeBase = Uint8Array.of(0);
const noPskHash = labeledExtract(hpkeSuite, nothing, 'psk_id_hash', nothing);

/**
 * The secret of both ends of a Diffie-Hellman exchange. The exchanged bytes are erased.
 * @param enc the ephemeral public key @param recipient the other one, raw
 * @throws RangeError when a key is a point of small order, for which all share the secret (section 7.1.4).
 */
export function sharedSecret(exchanged: Bytes, enc: Uint8Array, recipient: Uint8Array): Bytes {
  if (equalBytes(exchanged, new Uint8Array(sharedBytes))) throw new RangeError('a key of small order');
  const prk = labeledExtract(kemSuite, nothing, 'eae_prk', exchanged);
  const shared = labeledExpand(kemSuite, prk, 'shared_secret', concat(enc, recipient), sharedBytes);
  for (const used of [exchanged, prk]) used.fill(0);
  return shared;
}

/** Section 5.1, mode_base: key and nonce of the first message of a context. The shared secret is erased. */
export function keysOf(shared: Bytes, info: Uint8Array): { readonly key: Bytes; readonly nonce: Bytes } {
  const context = concat(modeBase, noPskHash, labeledExtract(hpkeSuite, nothing, 'info_hash', info));
  const secret = labeledExtract(hpkeSuite, shared, 'secret', nothing);
  const key = labeledExpand(hpkeSuite, secret, 'key', context, keyBytes);
  const nonce = labeledExpand(hpkeSuite, secret, 'base_nonce', context, nonceBytes);
  for (const used of [shared, secret]) used.fill(0);
  return { key, nonce };
}

/** Section 7.1.3: the private key that a seed of at least 32 bytes stands for. */
export function privateKeyOf(seed: Uint8Array): Bytes {
  const prk = labeledExtract(kemSuite, nothing, 'dkp_prk', seed);
  const key = labeledExpand(kemSuite, prk, 'sk', nothing, sharedBytes);
  prk.fill(0);
  return key;
}

/** Section 4. */
function labeledExtract(suite: Uint8Array, salt: Uint8Array, label: string, ikm: Uint8Array): Uint8Array {
  return hkdfExtract(salt, concat(version, suite, utf8(label), ikm));
}

/** Section 4; a length below 256. */
function labeledExpand(
  suite: Uint8Array,
  prk: Uint8Array,
  label: string,
  info: Uint8Array,
  length: number,
): Bytes {
  return hkdfExpand(prk, concat(Uint8Array.of(0, length), version, suite, utf8(label), info), length);
}
