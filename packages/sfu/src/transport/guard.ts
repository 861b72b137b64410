/** Told of an exception that would otherwise have left a callback. */
export type FaultListener = (where: string, error: unknown) => void;

/**
 * Wraps a callback of the event loop: of a socket, or of a timer. An exception that leaves one ends the process, with
 * all its meetings, so nothing may ever leave one.
 */
export function guarded<A extends unknown[]>(
  where: string,
  callback: (...args: A) => void,
  onFault: FaultListener,
): (...args: A) => void {
  return (...args) => {
    try {
      callback(...args);
    } catch (error) {
      try {
        onFault(where, error);
      } catch {
        // Whoever listens to faults has one of its own: there is nobody left to tell.
      }
    }
  };
}
