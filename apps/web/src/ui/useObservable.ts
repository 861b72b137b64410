import type { Observable } from '@conclave/client';
import { useSyncExternalStore } from 'react';

/**
 * Binds state that lives outside React.
 *
 * @param select the part that is shown: the component is drawn again only when that is another value. It returns what is
 * in the state, nothing made anew.
 */
export function useObservable<T, S = T>(
  observable: Observable<T>,
  select: (state: T) => S = whole as (state: T) => S,
): S {
  return useSyncExternalStore(observable.subscribe, () => select(observable.get()));
}

function whole<T>(state: T): T {
  return state;
}
