import type { KnownBreakout, Meeting } from '@conclave/client';
import { useObservable } from '../../../../ui/useObservable.ts';

const never = { subscribe: () => () => {}, get: () => null };

/** The breakout rooms of a meeting; null where there are none now, and in one of them. */
export function useKnownRooms({ breakouts }: Meeting): KnownBreakout | null {
  return useObservable(breakouts?.state ?? never, (state): KnownBreakout | null => state?.rooms ?? null);
}
