import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { untilLoaded } from './untilLoaded.ts';

/** React's `lazy`, for a part that waits for the network instead of failing the page around it. */
// biome-ignore lint/suspicious/noExplicitAny: as React's own type has it
export function lazyPart<T extends ComponentType<any>>(
  load: () => Promise<{ readonly default: T }>,
): LazyExoticComponent<T> {
  return lazy(() => untilLoaded(load));
}
