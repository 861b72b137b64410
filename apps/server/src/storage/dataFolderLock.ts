import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartRefused } from '../startRefused.ts';

/**
 * Holds the data folder for this process: two that write to one PGlite folder would destroy it.
 * SQLite takes a lock of the kernel on `lock` (POSIX record lock), so it is freed however
 * the process ends, also by `kill -9`, and it holds across containers that share the folder.
 * @throws StartRefused when another process holds it.
 */
export function lockDataFolder(dataFolder: string): Disposable {
  const path = join(dataFolder, 'lock');
  const file = new DatabaseSync(path, { timeout: 0 });
  try {
    file.exec('PRAGMA journal_mode = MEMORY');
    file.exec('BEGIN EXCLUSIVE');
    chmodSync(path, 0o600);
  } catch (fault) {
    file.close();
    throw new StartRefused(
      `Another process uses the data folder ${dataFolder}. Stop it first, or set another dataFolder.`,
      { cause: fault },
    );
  }
  return { [Symbol.dispose]: () => file.close() };
}
