/** Something that reads what strangers send. */
export interface Target {
  /** Valid inputs to begin with. */
  readonly seeds: readonly Uint8Array[];
  /** Reads it and checks what must hold for any input. Whatever it throws is a find. */
  run(input: Uint8Array): void;
}

/** States an invariant. */
export function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}
