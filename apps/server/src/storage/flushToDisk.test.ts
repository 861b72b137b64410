import fs from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { openPglite } from './pglite.ts';

test('a write is on the disk before it is acknowledged', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'conclave-flush-'));
  try {
    await using database = await openPglite(folder);
    await sql`create table kept (n int)`.execute(database.db);
    const flush = vi.spyOn(fs, 'fsyncSync');
    for (let n = 1; n <= 3; n++) {
      await sql`insert into kept values (${n})`.execute(database.db);
      expect(flush).toHaveBeenCalledTimes(n);
    }
  } finally {
    vi.restoreAllMocks();
    await rm(folder, { recursive: true, force: true });
  }
});
