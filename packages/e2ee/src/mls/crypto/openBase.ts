import { owned } from '../bytes/bytes.ts';
import { keysOf, sharedBytes, sharedSecret } from './hpkeSchedule.ts';
import { importPublicKey, rawPublicKeyOf } from './x25519.ts';

/**
 * OpenBase of RFC 9180 (section 6.1) with an X25519 key, the other end of `sealBase`.
 * @throws when it was not sealed to this key with this info and these additional data, or the ephemeral key is a point of
 * small order.
 */
export async function openBase(
  privateKey: CryptoKey,
  enc: Uint8Array,
  ciphertext: Uint8Array,
  info: Uint8Array,
  additionalData: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const [ephemeral, recipient] = await Promise.all([importPublicKey(enc), rawPublicKeyOf(privateKey)]);
  const exchanged = await crypto.subtle.deriveBits(
    { name: 'X25519', public: ephemeral },
    privateKey,
    sharedBytes * 8,
  );
  const { key, nonce } = keysOf(sharedSecret(new Uint8Array(exchanged), enc, recipient), info);
  const imported = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']);
  key.fill(0);
  const opened = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: owned(additionalData) },
    imported,
    owned(ciphertext),
  );
  return new Uint8Array(opened);
}
