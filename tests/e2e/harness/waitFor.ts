import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks until the answer is truthy.
 * @returns that answer
 * @throws an Error that says what was waited for, with the last answer
 */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T>,
  options: { readonly withinMs: number; readonly everyMs?: number },
): Promise<Exclude<T, null | undefined | false>> {
  const end = performance.now() + options.withinMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer as Exclude<T, null | undefined | false>;
    if (performance.now() > end) throw new Error(`waited ${options.withinMs} ms in vain for ${what}`);
    await delay(options.everyMs ?? 100);
  }
}
