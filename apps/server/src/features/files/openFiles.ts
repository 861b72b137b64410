import { join } from 'node:path';
import type { Config } from '../../config/config.ts';
import { folderBlobs } from '../../storage/blobs/folderBlobs.ts';
import { FileAccesses } from './FileAccesses.ts';
import { FileShelf } from './FileShelf.ts';
import type { FilesPorts } from './ports.ts';

type Given = Pick<FilesPorts, 'clock' | 'emit'> & {
  readonly config: Pick<Config, 'dataFolder' | 'files'>;
  onFault(fault: unknown): void;
};

/** The encrypted files of meetings that are going on. Nothing is left of them at the end. */
export async function openFiles(given: Given): Promise<{ readonly ports: FilesPorts } & AsyncDisposable> {
  const { clock, emit, config, onFault } = given;
  const blobs = folderBlobs(join(config.dataFolder, 'files'));
  // Of meetings that a crash has ended nobody has the keys any more.
  await blobs.clear();
  return {
    ports: {
      clock,
      emit,
      settings: config.files,
      blobs,
      shelf: new FileShelf(blobs, onFault),
      accesses: new FileAccesses(),
    },
    [Symbol.asyncDispose]: () => blobs.clear(),
  };
}
