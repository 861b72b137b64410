import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type CiphersuiteImpl, getCiphersuiteFromName, getCiphersuiteImpl } from 'ts-mls';

/** RFC 9420 section 17.1. The hybrid suite joins here when its package does. */
export type MlsSuite = 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519';

export const defaultSuite: MlsSuite = 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519';

const loaded = new Map<MlsSuite, Promise<CiphersuiteImpl>>();

/**
 * The suite's primitives: WebCrypto for HPKE, AEAD, MACs and signatures, SHA-256 and HKDF in script. An epoch of
 * 200 members is some 2,000 HMACs of 32 bytes and 800 hashes of tree nodes, and a thread's hop for each costs two to
 * three times what the hashing itself does.
 */
export function loadSuite(name: MlsSuite): Promise<CiphersuiteImpl> {
  const present = loaded.get(name);
  if (present !== undefined) return present;
  const loading = getCiphersuiteImpl(getCiphersuiteFromName(name)).then((suite) => ({
    ...suite,
    hash: { ...suite.hash, digest: async (data: Uint8Array) => sha256(data) },
    kdf: {
      size: suite.kdf.size,
      extract: async (salt: Uint8Array, ikm: Uint8Array) => extract(sha256, ikm, salt),
      expand: async (prk: Uint8Array, info: Uint8Array, length: number) => expand(sha256, prk, info, length),
    },
  }));
  loaded.set(name, loading);
  return loading;
}
