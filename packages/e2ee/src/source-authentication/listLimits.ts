/** What a list of hashes may have; more is refused before it is looked at. */
export const LIST_LIMITS = {
  /** Of hashes in all. */
  facts: 512,
  /** Epochs that one list speaks of. */
  sections: 8,
  /** Counters from the first to the last of a section. */
  span: 4_096,
  /** Of the body with its signature, bytes. */
  bytes: 8 * 1_024,
  /** Of a signature, bytes. */
  signature: { least: 64, most: 144 },
} as const;
