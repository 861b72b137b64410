import { sha256 } from '@noble/hashes/sha2.js';
import { type CiphersuiteImpl, getCiphersuiteFromName, getCiphersuiteImpl } from 'ts-mls';
import { hkdfExpand, hkdfExtract } from './hkdf.ts';
import { sealBase } from './sealBase.ts';

/** RFC 9420 section 17.1. The hybrid suite joins here when its package does. */
export type MlsSuite = 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519';

export const defaultSuite: MlsSuite = 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519';

const loaded = new Map<MlsSuite, Promise<CiphersuiteImpl>>();

/**
 * The suite's primitives: WebCrypto for the curve, AEAD, MACs and signatures, SHA-256 and HKDF in script. An epoch of
 * 200 members is some 2,000 HMACs of 32 bytes and 800 hashes of tree nodes, and a thread's hop for each costs two to
 * three times what the hashing itself does. For the same reason HPKE seals by our own `sealBase`; what was sealed is
 * opened by the library, so each side proves the other.
 */
export function loadSuite(name: MlsSuite): Promise<CiphersuiteImpl> {
  const present = loaded.get(name);
  if (present !== undefined) return present;
  const loading = getCiphersuiteImpl(getCiphersuiteFromName(name)).then(inScript);
  loaded.set(name, loading);
  return loading;
}

function inScript(suite: CiphersuiteImpl): CiphersuiteImpl {
  return {
    ...suite,
    hash: { ...suite.hash, digest: async (data) => sha256(data) },
    kdf: {
      size: suite.kdf.size,
      extract: async (salt, ikm) => hkdfExtract(salt, ikm),
      expand: async (prk, info, length) => hkdfExpand(prk, info, length),
    },
    hpke: {
      ...suite.hpke,
      seal: (key, plaintext, info, additionalData = new Uint8Array()) =>
        sealBase(key, plaintext, info, additionalData),
    },
  };
}
