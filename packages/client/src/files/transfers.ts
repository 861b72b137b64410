import type { FileCallName, FileCalls } from '@conclave/e2ee';
import type { FileStatus } from '@conclave/protocol';
import type { FileServer } from './FileServer.ts';
import { forEachOf } from './Lane.ts';
import type { Attempts, Persistence } from './Persistence.ts';

/** Parts of one file that are under way at the same time. */
const atOnce = 2;

export interface TransferParts {
  readonly server: FileServer;
  readonly persistence: Persistence;
  /** Asks the worker. @throws EncryptionFailed */
  call<N extends FileCallName>(name: N, ask: FileCalls[N]['ask']): Promise<FileCalls[N]['reply']>;
}

export interface Transfer extends Attempts {
  /** For the worker. */
  readonly id: string;
  /** For the server. */
  readonly fileId: string;
  readonly parts: number;
  readonly sealedBytes: number;
  /** Parts that are through. */
  onProgress(done: number): void;
}

/** Brings a prepared file to the server, from where it was. */
export async function upload(
  { server, persistence, call }: TransferParts,
  transfer: Transfer,
): Promise<void> {
  const { id, fileId, parts, sealedBytes } = transfer;
  await persistence.run(async (abort) => {
    const missing = partsIn(await server.start(fileId, sealedBytes, abort), parts);
    let left = missing.length;
    transfer.onPaused(false);
    transfer.onProgress(parts - left);
    await forEachOf(missing, atOnce, async (part) => {
      await server.putPart(fileId, part, await call('file-seal', { id, part }), abort);
      left -= 1;
      transfer.onProgress(parts - left);
    });
    await server.finish(fileId, abort);
  }, transfer);
}

/** Fetches a file that the worker has begun to receive. */
export async function download(
  { server, persistence, call }: TransferParts,
  transfer: Transfer,
): Promise<void> {
  const { id, fileId, parts } = transfer;
  const opened = new Set<number>();
  await persistence.run(async (abort) => {
    const missing = Array.from({ length: parts }, (_, part) => part).filter((part) => !opened.has(part));
    transfer.onPaused(false);
    await forEachOf(missing, atOnce, async (part) => {
      await call('file-open', { id, part, sealed: await server.getPart(fileId, part, abort) });
      opened.add(part);
      transfer.onProgress(opened.size);
    });
  }, transfer);
}

/** What the server lacks, of parts that there are. */
function partsIn({ missing }: FileStatus, parts: number): readonly number[] {
  return missing.flatMap(({ first, last }) =>
    Array.from({ length: Math.max(0, Math.min(last, parts - 1) - first + 1) }, (_, index) => first + index),
  );
}
