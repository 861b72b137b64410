import fs from 'node:fs';
import { PGlite } from '@electric-sql/pglite';

/** The part of Emscripten's file system that is used here; PGlite does not export its types. */
interface OpenFile {
  /** The descriptor of the file in this process. */
  readonly nfd: number;
  readonly stream_ops: { fsync?: (file: OpenFile) => number };
}
interface FileSystem {
  open(path: string, flags: string): OpenFile;
  close(file: OpenFile): void;
}

/**
 * PGlite's own parameters, but with each commit flushed: it leaves flushing out (`-F`), and PostgreSQL's
 * default way of flushing the log (`open_datasync`) is one that Emscripten does not know.
 */
export const flushingStartParams: readonly string[] = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'wal_sync_method=fsync',
];

/**
 * Makes PostgreSQL's fsync reach the disk: Emscripten's file system for Node has none, and a missing one counts
 * as done. All files of one file system share the object that is changed here.
 * @throws Error when PGlite is built differently than we know it: better no service than one that may forget.
 */
export function flushToDisk(pglite: PGlite): void {
  const files = pglite.Module.FS as unknown as FileSystem;
  const file = files.open('/pglite/data/PG_VERSION', 'r');
  const operations = file.stream_ops;
  const known = typeof file.nfd === 'number' && operations.fsync === undefined;
  files.close(file);
  if (!known) throw new Error('This PGlite is not the one that flushing was made for.');
  operations.fsync = ({ nfd }) => {
    fs.fsyncSync(nfd);
    return 0;
  };
}
