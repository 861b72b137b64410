import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { CiphersuiteImpl } from 'ts-mls';
import { equalBytes, owned } from '../bytes/bytes.ts';
import { ed25519 } from './ed25519.ts';
import { hkdfExpand, hkdfExtract } from './hkdf.ts';
import { keyBytes, nonceBytes, privateKeyOf } from './hpkeSchedule.ts';
import { openBase } from './openBase.ts';
import { sealBase } from './sealBase.ts';
import {
  importPrivateKey,
  importPublicKey,
  makeKeyPair,
  rawKeyOf,
  rawPrivateKeyOf,
  rawPublicKeyOf,
} from './x25519.ts';

/** RFC 9420 section 17.1. The hybrid suite joins here when its package does. */
export type MlsSuite = 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519';

export const defaultSuite: MlsSuite = 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519';

const noData = new Uint8Array();

/**
 * The suite's primitives: WebCrypto for the curves, AEAD and signatures, SHA-256, HMAC and HKDF in script. An epoch of 200
 * members is some 2,000 HMACs of 32 bytes and 800 hashes of tree nodes, and a thread's hop for each costs two to three times
 * what the hashing itself does. HPKE is ours on top of that, and none of the library's own primitives is left: they are
 * another 17 kB for everybody who joins. Tests hold each of them against the library's.
 */
const primitives: CiphersuiteImpl = {
  name: defaultSuite,
  hash: {
    digest: async (data) => sha256(data),
    mac: async (key, data) => hmac(sha256, key, data),
    verifyMac: async (key, mac, data) => equalBytes(mac, hmac(sha256, key, data)),
  },
  kdf: {
    size: 32,
    extract: async (salt, ikm) => hkdfExtract(salt, ikm),
    expand: async (prk, info, length) => hkdfExpand(prk, info, length),
  },
  signature: ed25519,
  hpke: {
    keyLength: keyBytes,
    nonceLength: nonceBytes,
    seal: (key, plaintext, info, additionalData = noData) => sealBase(key, plaintext, info, additionalData),
    open: (key, enc, ciphertext, info, additionalData = noData) =>
      openBase(key, enc, ciphertext, info, additionalData),
    importPrivateKey,
    importPublicKey,
    exportPublicKey: rawKeyOf,
    exportPrivateKey: rawPrivateKeyOf,
    generateKeyPair: makeKeyPair,
    async deriveKeyPair(seed) {
      const raw = privateKeyOf(seed);
      const privateKey = await importPrivateKey(raw);
      raw.fill(0);
      return { privateKey, publicKey: await importPublicKey(await rawPublicKeyOf(privateKey)) };
    },
    encryptAead: (key, nonce, additionalData = noData, plaintext) =>
      withAead('encrypt', { key, nonce, additionalData, data: plaintext }),
    decryptAead: (key, nonce, additionalData = noData, ciphertext) =>
      withAead('decrypt', { key, nonce, additionalData, data: ciphertext }),
    // Both are for joining by an external commit (RFC 9420 section 8.3), which we refuse.
    exportSecret: noExternalCommit,
    importSecret: noExternalCommit,
  },
  rng: { randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)) },
};

export async function loadSuite(_name: MlsSuite): Promise<CiphersuiteImpl> {
  return primitives;
}

async function withAead(
  what: 'encrypt' | 'decrypt',
  given: Readonly<Record<'key' | 'nonce' | 'additionalData' | 'data', Uint8Array>>,
): Promise<Uint8Array> {
  const raw = owned(given.key);
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, [what]);
  raw.fill(0);
  const { nonce, additionalData, data } = given;
  const how = { name: 'AES-GCM', iv: owned(nonce), additionalData: owned(additionalData) };
  return new Uint8Array(await crypto.subtle[what](how, key, owned(data)));
}

async function noExternalCommit(): Promise<never> {
  throw new TypeError('there are no external commits here');
}
