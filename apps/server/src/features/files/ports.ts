import type { Clock } from '../../clock.ts';
import type { Emit } from '../../observability/events.ts';
import type { FileSettings } from '../../policy/files.ts';
import type { BlobStore } from '../../storage/blobs/BlobStore.ts';
import type { FileAccesses } from './FileAccesses.ts';
import type { FileShelf } from './FileShelf.ts';

/** What the files of meetings are given. */
export interface FilesPorts {
  readonly clock: Clock;
  readonly emit: Emit;
  readonly settings: FileSettings;
  readonly blobs: BlobStore;
  readonly shelf: FileShelf;
  readonly accesses: FileAccesses;
}
