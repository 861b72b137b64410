import { useCallback, useSyncExternalStore } from 'react';
import { useObservable } from '../../../ui/useObservable.ts';
import type { CallCentre, CallsView } from '../model/CallCentre.ts';
import { centre } from '../model/centre.ts';

export function useCallCentre(): CallCentre | null {
  return useObservable(centre);
}

/** How calls stand; null until that is known. */
export function useCalls(): CallsView | null {
  const calls = useCallCentre();
  const subscribe = useCallback(
    (listener: () => void) => calls?.state.subscribe(listener) ?? (() => {}),
    [calls],
  );
  return useSyncExternalStore(subscribe, () => calls?.state.get() ?? null);
}
