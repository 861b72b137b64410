import { MlsError } from '../errors.ts';
import { isOneOf } from './keyBytes.ts';

const bytes = 32;
/**
 * The u-coordinates of small order, little-endian, with the unused top bit cleared: with each of them everybody gets the
 * same secret (RFC 7748 section 6.1, RFC 9180 section 7.1.4). They are 0, 1, two points of order 8, and p - 1, p and p + 1.
 */
const smallOrder: ReadonlySet<string> = new Set([
  '00'.repeat(bytes),
  `01${'00'.repeat(bytes - 1)}`,
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  ...['ec', 'ed', 'ee'].map((low) => `${low}${'ff'.repeat(bytes - 2)}7f`),
]);

/**
 * Whether something can be sealed to this key. One who hands in another kind of key harms nobody by it but whoever has to
 * seal to it next: that is everybody who removes somebody.
 * @throws MlsError `bad_key_package`.
 */
export function checkEncryptionKey(key: Uint8Array): void {
  if (key.length !== bytes || isOneOf(key, smallOrder)) {
    throw new MlsError('bad_key_package', 'an encryption key that nothing can be sealed to');
  }
}
