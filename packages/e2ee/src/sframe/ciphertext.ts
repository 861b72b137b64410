import { type Bytes, concat } from '../bytes.ts';
import { CIPHER_SUITES, NONCE_BYTES } from './cipherSuite.ts';
import { encodeHeader, type SframeHeader } from './header.ts';
import { SframeError } from './SframeError.ts';
import type { SframeKey } from './SframeKey.ts';

/** No encoder makes a larger frame. Bytes. */
export const MAX_PLAINTEXT = 1 << 24;

/**
 * `encrypt` of RFC 9605, section 4.4.3: header, ciphertext, tag. Whoever calls this answers for the counter: the same one
 * twice under one key gives both frames away.
 */
export async function encryptWith(
  { kid, aead, salt }: SframeKey<'encrypt'>,
  counter: bigint,
  plaintext: Bytes,
  metadata: Uint8Array,
): Promise<Bytes> {
  const header = encodeHeader(kid, counter);
  if (plaintext.length > MAX_PLAINTEXT) throw new SframeError('too-large');
  const ciphertext = await aead(nonceOf(salt, counter), concat(header, metadata), plaintext);
  return concat(header, ciphertext);
}

/**
 * `decrypt` of section 4.4.4, of a ciphertext whose header was read already.
 *
 * @throws SframeError `truncated`, `too-large`, `unauthentic`.
 */
export async function decryptWith(
  { suite, aead, salt }: SframeKey<'decrypt'>,
  header: SframeHeader,
  ciphertext: Bytes,
  metadata: Uint8Array,
): Promise<Bytes> {
  const { tagBytes } = CIPHER_SUITES[suite];
  const length = ciphertext.length - header.length;
  if (length < tagBytes) throw new SframeError('truncated');
  if (length > MAX_PLAINTEXT + tagBytes) throw new SframeError('too-large');
  const aad = concat(ciphertext.subarray(0, header.length), metadata);
  try {
    return await aead(nonceOf(salt, header.counter), aad, ciphertext.subarray(header.length));
  } catch {
    // The cipher's own error says no more than this, and differs between browsers.
    throw new SframeError('unauthentic');
  }
}

/** The salt XOR the counter, big-endian. */
function nonceOf(salt: Bytes, counter: bigint): Bytes {
  const nonce = salt.slice();
  const view = new DataView(nonce.buffer);
  const at = NONCE_BYTES - 8;
  view.setBigUint64(at, view.getBigUint64(at) ^ counter);
  return nonce;
}
