/** Waits until what moves or changes its colour has arrived; what goes on for ever is left alone. Runs in the page. */
export async function settle(): Promise<void> {
  for (;;) {
    const running = document
      .getAnimations()
      .filter(
        ({ playState, effect }) =>
          playState === 'running' && effect?.getComputedTiming().endTime !== Infinity,
      );
    if (running.length === 0) return;
    await Promise.allSettled(running.map(({ finished }) => finished));
  }
}
