import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Bytes } from '../bytes.ts';
import { importAead } from './Aead.ts';
import { CIPHER_SUITES, type CipherSuite, NONCE_BYTES } from './cipherSuite.ts';
import { decryptWith, encryptWith } from './ciphertext.ts';
import { decodeHeader, encodeHeader } from './header.ts';
import { deriveSframeKey, expand, importBaseKey } from './SframeKey.ts';

type Vector<Numbers extends string, Texts extends string> = Record<Numbers, string> & Record<Texts, string>;

interface Vectors {
  readonly header: readonly Vector<'kid' | 'ctr', 'encoded'>[];
  readonly aes_ctr_hmac: readonly (Vector<never, 'key' | 'nonce' | 'aad' | 'pt' | 'ct'> & {
    readonly cipher_suite: number;
  })[];
  readonly sframe: readonly (Vector<
    'kid' | 'ctr',
    'base_key' | 'sframe_key' | 'sframe_salt' | 'metadata' | 'pt' | 'ct'
  > & { readonly cipher_suite: number })[];
}

/** See vectors/README.md. Numbers of 64 bits become text first: JSON.parse would round them. */
const vectors: Vectors = JSON.parse(
  readFileSync(new URL('vectors/test-vectors.json', import.meta.url), 'utf8').replace(
    /"(kid|ctr)": (\d+)/g,
    '"$1": "$2"',
  ),
);

const hex = (text: string): Bytes => Uint8Array.from(Buffer.from(text, 'hex'));
const suiteOf = (id: number): CipherSuite => {
  const found = Object.entries(CIPHER_SUITES).find(([, suite]) => suite.id === id);
  if (found === undefined) throw new Error(`no suite ${id}`);
  return found[0] as CipherSuite;
};

test('RFC 9605, appendix C.1: headers', () => {
  expect(vectors.header).toHaveLength(289);
  for (const { kid, ctr, encoded } of vectors.header) {
    const header = encodeHeader(BigInt(kid), BigInt(ctr));
    expect(Buffer.from(header).toString('hex')).toBe(encoded);
    expect(decodeHeader(Uint8Array.of(...header, 1, 2, 3))).toEqual({
      kid: BigInt(kid),
      counter: BigInt(ctr),
      length: header.length,
    });
  }
});

test('RFC 9605, appendix C.2: AES in counter mode with HMAC', async () => {
  expect(vectors.aes_ctr_hmac.map((vector) => vector.cipher_suite)).toEqual([1, 2, 3]);
  for (const vector of vectors.aes_ctr_hmac) {
    const suite = suiteOf(vector.cipher_suite);
    const [nonce, aad, plaintext, ciphertext] = [vector.nonce, vector.aad, vector.pt, vector.ct].map(hex) as [
      Bytes,
      Bytes,
      Bytes,
      Bytes,
    ];
    const encrypt = await importAead(suite, hex(vector.key), 'encrypt');
    expect(await encrypt(nonce, aad, plaintext)).toEqual(ciphertext);
    const decrypt = await importAead(suite, hex(vector.key), 'decrypt');
    expect(await decrypt(nonce, aad, ciphertext)).toEqual(plaintext);
  }
});

test('RFC 9605, appendix C.3: keys and frames of every suite', async () => {
  expect(vectors.sframe.map((vector) => vector.cipher_suite)).toEqual([1, 2, 3, 4, 5]);
  for (const vector of vectors.sframe) {
    const suite = suiteOf(vector.cipher_suite);
    const kid = BigInt(vector.kid);
    // The RFC's base keys have 16 bytes whatever the suite, so they do not go through importBaseKey.
    const base = await crypto.subtle.importKey('raw', hex(vector.base_key), 'HKDF', false, ['deriveBits']);
    expect(await expand(suite, base, kid, 'key', CIPHER_SUITES[suite].keyBytes)).toEqual(
      hex(vector.sframe_key),
    );
    expect(await expand(suite, base, kid, 'salt', NONCE_BYTES)).toEqual(hex(vector.sframe_salt));

    const metadata = hex(vector.metadata);
    const sending = await deriveSframeKey(suite, base, kid, 'encrypt');
    const ciphertext = await encryptWith(sending, BigInt(vector.ctr), hex(vector.pt), metadata);
    expect(ciphertext).toEqual(hex(vector.ct));
    const receiving = await deriveSframeKey(suite, base, kid, 'decrypt');
    expect(await decryptWith(receiving, decodeHeader(ciphertext), ciphertext, metadata)).toEqual(
      hex(vector.pt),
    );
  }
});

test('a base key has the length of its suite', async () => {
  await expect(importBaseKey('AES_256_GCM_SHA512_128', new Uint8Array(16))).rejects.toMatchObject({
    code: 'invalid-key',
  });
});
