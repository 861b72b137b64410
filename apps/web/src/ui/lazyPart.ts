import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { untilLoaded } from './untilLoaded.ts';

/** React's `lazy`, for a part that waits for the network instead of failing the page around it. */
// biome-ignore lint/suspicious/noExplicitAny: as React's own type has it
export function lazyPart<T extends ComponentType<any>>(
  load: () => Promise<{ readonly default: T }>,
): LazyExoticComponent<T> {
  return lazy(() => untilLoaded(load));
}

/** Some seconds. */
const pageTries = 4;

/**
 * The same for a whole page: nobody is in a meeting there, and one that does not come at all (another version of the service
 * is there by now) is to be reloaded.
 */
// biome-ignore lint/suspicious/noExplicitAny: as React's own type has it
export function lazyPage<T extends ComponentType<any>>(
  load: () => Promise<{ readonly default: T }>,
): LazyExoticComponent<T> {
  return lazy(() => untilLoaded(load, pageTries));
}
