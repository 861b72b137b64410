import type { Bytes } from '../bytes.ts';

/** AES-GCM with a tag of 16 bytes; the key has 16 or 32. */
export async function importAesGcm(key: Bytes, use: 'encrypt' | 'decrypt') {
  const imported = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, [use]);
  return async (nonce: Bytes, aad: Bytes, input: Bytes): Promise<Bytes> => {
    const parameters = { name: 'AES-GCM', iv: nonce, additionalData: aad, tagLength: 128 };
    const output =
      use === 'encrypt'
        ? await crypto.subtle.encrypt(parameters, imported, input)
        : await crypto.subtle.decrypt(parameters, imported, input);
    return new Uint8Array(output);
  };
}
