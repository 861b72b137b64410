/**
 * A device's long-term signing key: Ed25519, its private half non-extractable, fit to be kept in IndexedDB.
 * A guest makes one for each meeting.
 */
export async function makeDeviceKey(): Promise<CryptoKeyPair> {
  const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new TypeError('Ed25519 keys come in pairs');
  return pair;
}

/** The public half, raw, 32 bytes. */
export async function devicePublicKey(device: CryptoKeyPair): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.exportKey('raw', device.publicKey));
}
