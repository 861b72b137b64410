import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BlobGone, type BlobStore, StorageFull } from './BlobStore.ts';

const safe = /^[a-z0-9]{1,64}$/;

/** Blobs in a folder of this machine: a folder for each, a file for each part. Nothing in them outlives the process. */
export function folderBlobs(root: string): BlobStore {
  const folderOf = (name: string): string => {
    if (!safe.test(name)) throw new Error('That is no name of a blob.');
    return join(root, name);
  };
  return {
    async create(name) {
      await translate(() => mkdir(folderOf(name), { recursive: true, mode: 0o700 }));
    },
    async put(name, part, bytes) {
      const file = join(folderOf(name), `${part}`);
      const unfinished = `${file}.${randomBytes(6).toString('hex')}`;
      await translate(async () => {
        await writeFile(unfinished, bytes, { flag: 'wx', mode: 0o600 });
        await rename(unfinished, file);
      }).catch(async (fault: unknown) => {
        await rm(unfinished, { force: true });
        throw fault;
      });
    },
    get: (name, part) => translate(() => readFile(join(folderOf(name), `${part}`))),
    remove: (name) => rm(folderOf(name), { recursive: true, force: true, maxRetries: 3 }),
    clear: () => rm(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}

async function translate<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : null;
    if (code === 'ENOENT') throw new BlobGone('There is no such blob.', { cause });
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new StorageFull('The disk is full.', { cause });
    throw cause;
  }
}
