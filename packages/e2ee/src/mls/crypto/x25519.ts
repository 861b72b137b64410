import { concat, owned } from '../bytes/bytes.ts';

/** PKCS #8 of RFC 8410 section 7, up to the 32 bytes. */
const pkcs8 = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x6e, 4, 0x22, 4, 0x20);
const rawBytes = 32;
let basePoint: Promise<CryptoKey> | undefined;

/** @throws RangeError or DOMException when it is not 32 bytes. */
export async function importPublicKey(raw: Uint8Array): Promise<CryptoKey & { type: 'public' }> {
  if (raw.length !== rawBytes) throw new RangeError('not an X25519 key');
  const key = await crypto.subtle.importKey('raw', owned(raw), 'X25519', true, []);
  return key as CryptoKey & { type: 'public' };
}

/** @throws RangeError or DOMException when it is not 32 bytes. */
export async function importPrivateKey(raw: Uint8Array): Promise<CryptoKey & { type: 'private' }> {
  if (raw.length !== rawBytes) throw new RangeError('not an X25519 key');
  const encoded = concat(pkcs8, raw);
  const key = await crypto.subtle.importKey('pkcs8', encoded, 'X25519', true, ['deriveBits']);
  encoded.fill(0);
  return key as CryptoKey & { type: 'private' };
}

export async function rawKeyOf(publicKey: CryptoKey): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
}

/** @param privateKey an extractable one */
export async function rawPrivateKeyOf(privateKey: CryptoKey): Promise<Uint8Array<ArrayBuffer>> {
  const encoded = new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey));
  if (encoded.length !== pkcs8.length + rawBytes) throw new TypeError('a key in another encoding');
  const raw = encoded.slice(pkcs8.length);
  encoded.fill(0);
  return raw;
}

/** The base point times the key (RFC 7748 section 6.1): WebCrypto has no other way to it that works in every browser. */
export async function rawPublicKeyOf(privateKey: CryptoKey): Promise<Uint8Array<ArrayBuffer>> {
  basePoint ??= importPublicKey(Uint8Array.of(9, ...new Uint8Array(rawBytes - 1)));
  const point = await basePoint;
  return new Uint8Array(
    await crypto.subtle.deriveBits({ name: 'X25519', public: point }, privateKey, rawBytes * 8),
  );
}

export async function makeKeyPair() {
  const pair = (await crypto.subtle.generateKey('X25519', true, ['deriveBits'])) as CryptoKeyPair;
  return {
    privateKey: pair.privateKey as CryptoKey & { type: 'private' },
    publicKey: pair.publicKey as CryptoKey & { type: 'public' },
  };
}
