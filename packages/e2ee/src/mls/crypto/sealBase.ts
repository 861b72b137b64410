import { concat, equalBytes, owned, utf8 } from '../bytes/bytes.ts';
import { hkdfExpand, hkdfExtract } from './hkdf.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** RFC 9180 section 7: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-128-GCM, as MLS's suite 1 has them. */
const kemSuite = concat(utf8('KEM'), Uint8Array.of(0x00, 0x20));
const hpkeSuite = concat(utf8('HPKE'), Uint8Array.of(0x00, 0x20, 0x00, 0x01, 0x00, 0x01));
const version = utf8('HPKE-v1');
const nothing = new Uint8Array();
const sharedBytes = 32;
const keyBytes = 16;
const nonceBytes = 12;

const modeBase = Uint8Array.of(0);
const noPskHash = labeledExtract(hpkeSuite, nothing, 'psk_id_hash', nothing);

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
  for (const secret of [shared, key]) secret.fill(0);
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
  const secret = new Uint8Array(exchanged);
  if (equalBytes(secret, new Uint8Array(sharedBytes))) throw new RangeError('a key of small order');
  const enc = new Uint8Array(ours);
  const prk = labeledExtract(kemSuite, nothing, 'eae_prk', secret);
  const context = concat(enc, new Uint8Array(theirs));
  const shared = labeledExpand(kemSuite, prk, 'shared_secret', context, sharedBytes);
  for (const used of [secret, prk]) used.fill(0);
  return { shared, enc };
}

/** Section 5.1, mode_base. */
function keysOf(shared: Bytes, info: Uint8Array) {
  const context = concat(modeBase, noPskHash, labeledExtract(hpkeSuite, nothing, 'info_hash', info));
  const secret = labeledExtract(hpkeSuite, shared, 'secret', nothing);
  const key = labeledExpand(hpkeSuite, secret, 'key', context, keyBytes);
  const nonce = labeledExpand(hpkeSuite, secret, 'base_nonce', context, nonceBytes);
  secret.fill(0);
  return { key, nonce };
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
