import type { Observable } from '@conclave/client';
import { useSyncExternalStore } from 'react';

/** Binds state that lives outside React. */
export function useObservable<T>(observable: Observable<T>): T {
  return useSyncExternalStore(observable.subscribe, observable.get);
}
