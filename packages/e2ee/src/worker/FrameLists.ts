import type { Bytes } from '../bytes.ts';
import type { FrameFact } from '../source-authentication/FrameFact.ts';

/** Lists of sent frames, signed by our leaf and checked against those of others. */
export interface FrameLists {
  /** Rejects when we are in the group no more. */
  sign(contextId: number, facts: readonly FrameFact[]): Promise<Bytes>;
  /**
   * What a list proves that came in a frame of this leaf, epoch and context. Empty when it is of a time that we know nothing
   * of; null when that leaf has not signed it.
   */
  check(
    list: Bytes,
    carrier: { readonly epoch: bigint; readonly leafIndex: number; readonly contextId: number },
  ): Promise<readonly FrameFact[] | null>;
}
