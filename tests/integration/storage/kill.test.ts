import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { migrate } from '../../../apps/server/src/storage/migrate.ts';
import { openPglite } from '../../../apps/server/src/storage/pglite.ts';
import { makeDataFolder } from '../../dev-env/bootServer.ts';

const rounds = 20;

test(`kill -9 in the middle of writes, ${rounds} times over, loses nothing that was acknowledged`, async () => {
  const dataFolder = makeDataFolder();
  try {
    const said = new Set<string>();
    // The lock of a killed process must be free at once, or the next writer would not start.
    for (let round = 1; round <= rounds; round++) {
      for (const line of await writeUntilKilled(dataFolder, round * 7)) said.add(line);
    }
    const stored = await readBack(dataFolder);
    expect([...said].filter((line) => !stored.has(line))).toEqual([]);
    expect(said.size).toBeGreaterThan(rounds * 70);
  } finally {
    rmSync(dataFolder, { recursive: true });
  }
}, 300_000);

/** Kills the writer after so many acknowledgements, and gives all that it made before it was dead. */
async function writeUntilKilled(dataFolder: string, after: number): Promise<string[]> {
  const writer = spawn(process.execPath, [join(import.meta.dirname, 'killedWriter.ts'), dataFolder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(writer, 'exit');
  const lines = await linesOf(writer, after);
  const [, signal] = (await exited) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  return lines;
}

async function linesOf(writer: ChildProcess, killAfter: number): Promise<string[]> {
  const lines: string[] = [];
  if (writer.stdout === null) throw new Error('the writer has no output');
  for await (const line of createInterface(writer.stdout)) {
    if (line === 'ready') continue;
    lines.push(line);
    if (lines.length === killAfter) writer.kill('SIGKILL');
  }
  return lines;
}

async function readBack(dataFolder: string): Promise<Set<string>> {
  await using database = await openPglite(dataFolder);
  await migrate(database);
  const rows = await database.db.selectFrom('meetings').select(['id', 'last_used_at']).execute();
  return new Set(
    rows.flatMap(({ id, last_used_at }) => [`made ${id}`, ...(last_used_at === null ? [] : [`used ${id}`])]),
  );
}
