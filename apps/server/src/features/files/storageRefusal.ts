import { ConclaveError } from '@conclave/protocol';
import { BlobGone, StorageFull } from '../../storage/blobs/BlobStore.ts';

/** What storage throws, as far as it may be told. */
export function storageRefusal(fault: unknown): unknown {
  if (fault instanceof StorageFull) return new ConclaveError('file.storage_full', { cause: fault });
  return fault instanceof BlobGone ? new ConclaveError('file.not_found', { cause: fault }) : fault;
}
