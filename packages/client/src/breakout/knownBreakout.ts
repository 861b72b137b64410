import type { BreakoutView } from '@conclave/protocol';

/** What the server has told of the breakout rooms, with times by this clock. */
export interface KnownBreakout extends Omit<BreakoutView, 'endsInMs'> {
  /** When everybody is brought back, ms since 1970; null: when a host says so. */
  readonly endsAt: number | null;
}

/** @param now ms since 1970, when it was told */
export function knownBreakout(view: BreakoutView | null, now: number): KnownBreakout | null {
  if (view === null) return null;
  const { endsInMs, ...rest } = view;
  return { ...rest, endsAt: endsInMs === null ? null : now + endsInMs };
}
