import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bigEndian, concat, utf8 } from '../bytes/bytes.ts';
import { digitGroups } from './digits.ts';
import { type Emoji, emojiOf } from './emoji.ts';

export const nonceBytes = 32;

/** The same for everybody in one epoch of one group: seven emoji (42 bits) for a glance, 30 digits (99 bits) in full. */
export interface RoomCode {
  readonly emoji: readonly Emoji[];
  /** Six groups of five. */
  readonly digits: readonly string[];
}

/** SHA-256 over "Conclave room code commitment v1", the epoch authenticator, the leaf in four bytes and the nonce. */
export function commitmentTo(
  epochAuthenticator: Uint8Array,
  leafIndex: number,
  nonce: Uint8Array,
): Uint8Array {
  return sha256(
    concat(utf8('Conclave room code commitment v1'), epochAuthenticator, bigEndian(leafIndex, 4), nonce),
  );
}

/**
 * HKDF-SHA-256 (RFC 5869): IKM the epoch authenticator, salt SHA-256 over all (leaf in four bytes, nonce) in order of
 * leaves, info "Conclave room code v1", 36 bytes: six for the emoji (the last six bits unused), 30 for the digits.
 */
export function roomCodeFrom(
  epochAuthenticator: Uint8Array,
  nonces: ReadonlyMap<number, Uint8Array>,
): RoomCode {
  const inOrder = [...nonces].sort(([one], [other]) => one - other);
  const salt = sha256(concat(...inOrder.flatMap(([leaf, nonce]) => [bigEndian(leaf, 4), nonce])));
  const bytes = expand(sha256, extract(sha256, epochAuthenticator, salt), utf8('Conclave room code v1'), 36);
  return { emoji: emojiOf(bytes, 7), digits: digitGroups(bytes.subarray(6)) };
}
