import { SframeError } from './SframeError.ts';

/** How many bits of a key id are for what (RFC 9605, section 5.2); the rest is for the context. */
export interface KidBits {
  /** E: the low bits of the epoch. */
  readonly epoch: number;
  /** S: the leaf index. */
  readonly leafIndex: number;
}

/**
 * Ours. E = 8: commits come at most every 200 ms and a key lives 5 s, so some 25 epochs can be alive at once, and 256 are
 * told apart. S = 12: 4,096 leaves, the same in every epoch, so that a key id reads the same before and after the group
 * has grown. With the two bits of our contexts a key id takes at most 3 bytes, and 1 or 2 where the context is 0.
 */
export const KID_BITS: KidBits = Object.freeze({ epoch: 8, leafIndex: 12 });

/** What a key id says. Of the epoch only the low bits are known: 0 to 2^E − 1. */
export interface KidParts {
  readonly epochBits: number;
  readonly leafIndex: number;
  readonly contextId: number;
}

/** @throws SframeError `invalid-kid` when a part is no whole number or too large for its bits. */
export function kidOf(
  { epoch, leafIndex, contextId }: { epoch: bigint; leafIndex: number; contextId: number },
  bits: KidBits = KID_BITS,
): bigint {
  const contextBits = Math.min(32, 64 - bits.epoch - bits.leafIndex);
  if (epoch < 0n || !fits(leafIndex, bits.leafIndex) || !fits(contextId, contextBits))
    throw new SframeError('invalid-kid');
  const sender = (BigInt(contextId) << BigInt(bits.leafIndex)) | BigInt(leafIndex);
  return (sender << BigInt(bits.epoch)) | BigInt(epochBitsOf(epoch, bits));
}

/** @throws SframeError `invalid-kid` when the context is of more than 32 bits. */
export function parseKid(kid: bigint, bits: KidBits = KID_BITS): KidParts {
  const contextId = kid >> BigInt(bits.epoch + bits.leafIndex);
  if (contextId > 0xffff_ffffn) throw new SframeError('invalid-kid');
  return {
    epochBits: epochBitsOf(kid, bits),
    leafIndex: Number(BigInt.asUintN(bits.leafIndex, kid >> BigInt(bits.epoch))),
    contextId: Number(contextId),
  };
}

/** The part of an epoch that a key id carries. */
export function epochBitsOf(epoch: bigint, bits: KidBits = KID_BITS): number {
  return Number(BigInt.asUintN(bits.epoch, epoch));
}

function fits(value: number, bits: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 2 ** bits;
}
