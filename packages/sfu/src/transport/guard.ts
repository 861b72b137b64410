/** Told of an exception that would otherwise have left a callback of native code. */
export type FaultListener = (where: string, error: unknown) => void;

/**
 * Wraps a callback that native code calls. An exception that leaves such a callback ends the process
 * (`terminate called after throwing an instance of 'Napi::Error'`), so nothing may ever leave one.
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
