import { createHash } from 'node:crypto';

/** Of the whole build, beside its files. */
export const HASHES_FILE = 'hashes.txt';

/** SHA-256 in hex of each file, by its path below the build's folder. */
export type HashList = ReadonlyMap<string, string>;

const line = /^([0-9a-f]{64}) {2}([A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+)*)$/;

/** As `sha256sum` writes and checks it, in order of paths. */
export function formatHashes(hashes: HashList): string {
  const inOrder = [...hashes].sort(([one], [other]) => (one < other ? -1 : 1));
  return inOrder.map(([path, hash]) => `${hash}  ${path}\n`).join('');
}

/** @throws Error for anything that `formatHashes` would not have made. */
export function parseHashes(text: string): HashList {
  const hashes = new Map<string, string>();
  for (const [index, each] of text.trimEnd().split('\n').entries()) {
    const [, hash, path] = line.exec(each) ?? [];
    if (hash === undefined || path === undefined || path.split('/').includes('..') || hashes.has(path))
      throw new Error(`Line ${index + 1} is not a hash and a path.`);
    hashes.set(path, hash);
  }
  return hashes;
}

export function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
