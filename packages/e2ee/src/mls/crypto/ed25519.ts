import type { CiphersuiteImpl } from 'ts-mls';
import { owned } from '../bytes/bytes.ts';
import { isSmallOrder } from './signatureKeys.ts';

/** Signatures of RFC 8032 by WebCrypto. A key to sign with is PKCS #8 (RFC 8410), as `keygen` makes them. */
export const ed25519: CiphersuiteImpl['signature'] = {
  async sign(signKey, message) {
    const key = await crypto.subtle.importKey('pkcs8', owned(signKey), 'Ed25519', false, ['sign']);
    return new Uint8Array(await crypto.subtle.sign('Ed25519', key, owned(message)));
  },
  async verify(publicKey, message, signature) {
    if (isSmallOrder(publicKey)) return false;
    try {
      const key = await crypto.subtle.importKey('raw', owned(publicKey), 'Ed25519', false, ['verify']);
      return await crypto.subtle.verify('Ed25519', key, owned(signature), owned(message));
    } catch {
      // WebCrypto may throw for bytes that are no point of the curve.
      return false;
    }
  },
  async keygen() {
    const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
    const [publicKey, signKey] = await Promise.all([
      crypto.subtle.exportKey('raw', pair.publicKey),
      crypto.subtle.exportKey('pkcs8', pair.privateKey),
    ]);
    return { publicKey: new Uint8Array(publicKey), signKey: new Uint8Array(signKey) };
  },
};
