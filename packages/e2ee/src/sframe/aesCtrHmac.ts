import { type Bytes, concat, equalInConstantTime } from '../bytes.ts';
import { NONCE_BYTES } from './cipherSuite.ts';

/** Nka of every such suite. */
const AES_KEY_BYTES = 16;
/** The block counter starts at zero behind the nonce. */
const BLOCK_COUNTER_BITS = 32;

/**
 * AES in counter mode, then HMAC-SHA-256 cut to `tagBytes` (RFC 9605, section 4.5.1). The key has 48 bytes: 16 for AES,
 * 32 for HMAC.
 */
export async function importAesCtrHmac(key: Bytes, tagBytes: number, use: 'encrypt' | 'decrypt') {
  const encryption = await crypto.subtle.importKey('raw', key.subarray(0, AES_KEY_BYTES), 'AES-CTR', false, [
    use,
  ]);
  const authentication = await crypto.subtle.importKey(
    'raw',
    key.subarray(AES_KEY_BYTES),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );

  async function tagOf(nonce: Bytes, aad: Bytes, ciphertext: Bytes): Promise<Bytes> {
    const lengths = new DataView(new ArrayBuffer(24));
    lengths.setBigUint64(0, BigInt(aad.length));
    lengths.setBigUint64(8, BigInt(ciphertext.length));
    lengths.setBigUint64(16, BigInt(tagBytes));
    const data = concat(new Uint8Array(lengths.buffer), nonce, aad, ciphertext);
    return new Uint8Array(await crypto.subtle.sign('HMAC', authentication, data), 0, tagBytes);
  }

  async function encrypt(nonce: Bytes, aad: Bytes, plaintext: Bytes): Promise<Bytes> {
    const ciphertext = new Uint8Array(await crypto.subtle.encrypt(counterMode(nonce), encryption, plaintext));
    return concat(ciphertext, await tagOf(nonce, aad, ciphertext));
  }

  async function decrypt(nonce: Bytes, aad: Bytes, input: Bytes): Promise<Bytes> {
    if (input.length < tagBytes) throw new RangeError('shorter than a tag');
    const ciphertext = input.subarray(0, input.length - tagBytes);
    const expected = await tagOf(nonce, aad, ciphertext);
    if (!equalInConstantTime(expected, input.subarray(ciphertext.length))) throw new Error('wrong tag');
    return new Uint8Array(await crypto.subtle.decrypt(counterMode(nonce), encryption, ciphertext));
  }

  return use === 'encrypt' ? encrypt : decrypt;
}

function counterMode(nonce: Bytes): AesCtrParams {
  const counter = new Uint8Array(NONCE_BYTES + 4);
  counter.set(nonce);
  return { name: 'AES-CTR', counter, length: BLOCK_COUNTER_BITS };
}
