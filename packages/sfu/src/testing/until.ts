import { vi } from 'vitest';

/** Waits for what no event tells; generous, because machines that run tests are busy ones. */
export function until(holds: () => boolean | Promise<boolean>): Promise<unknown> {
  return vi.waitUntil(holds, { timeout: 15_000, interval: 25 });
}
