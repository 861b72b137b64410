/** Milliseconds before try `attempt` (0, 1, 2 …): at once, then doubling to 5 s, with half of it by chance. */
export function backoffMs(attempt: number, random: number): number {
  if (attempt === 0) return 0;
  const full = Math.min(5_000, 250 * 2 ** attempt);
  return full / 2 + (full / 2) * random;
}

/** Waits, but not past the moment at which the browser says that the network is back. */
export function waitForNetwork(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener('online', done);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
