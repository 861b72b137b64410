import { owned } from '../bytes/bytes.ts';
import { type Bytes, keysOf, sharedBytes, sharedSecret } from './hpkeSchedule.ts';

export interface Sealed {
  readonly enc: Bytes;
  readonly ct: Bytes;
}

/**
 * SealBase of RFC 9180 (section 6.1) to an X25519 key: WebCrypto makes and uses the keys, the key schedule is in script.
 *
 * A commit that removes somebody seals to everybody who stays. The library derives by WebCrypto what is asked of HKDF,
 * eight times for each, and a thread's hop for 32 bytes costs many times what the hashing does: of the 200 ms that such
 * a commit among 200 took, 130 went there.
 * @param makeEphemeral for test vectors; a pair is for one use.
 * @throws when the key is a point of small order, for which all share the secret (section 7.1.4).
 */
export async function sealBase(
  recipient: CryptoKey,
  plaintext: Uint8Array,
  info: Uint8Array,
  additionalData: Uint8Array,
  makeEphemeral: () => Promise<CryptoKeyPair> = makeKeyPair,
): Promise<Sealed> {
  const { shared, enc } = await encapsulate(recipient, await makeEphemeral());
  const { key, nonce } = keysOf(shared, info);
  const imported = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  const ct = await crypto.subtle.encrypt(
    // The first message of its context: the counter is 0 and leaves the base nonce as it is (section 5.2).
    { name: 'AES-GCM', iv: nonce, additionalData: owned(additionalData) },
    imported,
    owned(plaintext),
  );
  key.fill(0);
  return { enc, ct: new Uint8Array(ct) };
}

async function makeKeyPair(): Promise<CryptoKeyPair> {
  return (await crypto.subtle.generateKey('X25519', false, ['deriveBits'])) as CryptoKeyPair;
}

/** Section 4.1. */
async function encapsulate(recipient: CryptoKey, ephemeral: CryptoKeyPair) {
  const [exchanged, ours, theirs] = await Promise.all([
    crypto.subtle.deriveBits({ name: 'X25519', public: recipient }, ephemeral.privateKey, sharedBytes * 8),
    crypto.subtle.exportKey('raw', ephemeral.publicKey),
    crypto.subtle.exportKey('raw', recipient),
  ]);
  const enc = new Uint8Array(ours);
  return { shared: sharedSecret(new Uint8Array(exchanged), enc, new Uint8Array(theirs)), enc };
}
