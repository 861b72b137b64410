import { expect } from 'vitest';
import type { Member } from './call.ts';

/** What the encryption of each page has ever found wrong with what came. Of honest people: nothing. */
export async function expectNoDoubts(members: readonly Member[]): Promise<void> {
  for (const { page, person } of members)
    expect(await page.evaluate(() => window.__doubts, null), `doubts of ${person.name}`).toEqual([]);
}
