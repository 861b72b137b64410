import { isOneOf } from './keyBytes.ts';

/**
 * The points of small order on edwards25519 (RFC 8032), little-endian, with the sign bit cleared: 0 and 1, two of order 8,
 * and p - 1, p and p + 1, of which the last two are no canonical encodings.
 */
const smallOrder: ReadonlySet<string> = new Set([
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  ...['ec', 'ed', 'ee'].map((low) => `${low}${'ff'.repeat(30)}7f`),
]);

/**
 * Whether signatures by this key prove nothing: one and the same may hold for many messages, and engines differ in whether
 * they take it. A group in which some follow a commit and others do not falls apart.
 */
export function isSmallOrder(publicKey: Uint8Array): boolean {
  return isOneOf(publicKey, smallOrder);
}
