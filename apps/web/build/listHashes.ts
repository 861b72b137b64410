import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Plugin } from 'vite';
import { formatHashes, HASHES_FILE, type HashList, sha256 } from './hashList.ts';

/** What is served under the name of the file beside it, and what is not served at all. */
const leftOut = /(?:\.(?:br|gz)|^\.vite|(?:^|\/)hashes\.txt)$|^\.vite\//;

/** Writes the hash of every file that the server gives out, so that anybody can hold a server against the sources. */
export function listHashes(): Plugin {
  let folder = '';
  return {
    name: 'conclave:list-hashes',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    // After everything has been written.
    async closeBundle() {
      if (this.meta.watchMode) return;
      await writeFile(join(folder, HASHES_FILE), formatHashes(await hashesOf(folder)));
    },
  };
}

/** @param folder of a whole build */
export async function hashesOf(folder: string): Promise<HashList> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    )
    .filter((path) => !leftOut.test(path));
  return new Map(
    await Promise.all(paths.map(async (path) => [path, sha256(await readFile(join(folder, path)))] as const)),
  );
}
