/**
 * That a leaf has sent this ciphertext under this number, in one source: a statement that stays true, so that it does not
 * matter when, how often or beside which stream it is told.
 */
export interface FrameFact {
  readonly epoch: bigint;
  /** SFrame's, below 2^32. */
  readonly counter: bigint;
  /** `frameHash`. */
  readonly hash: bigint;
}
