import { ConclaveError, filePartBytes } from '@conclave/protocol';
import { blobOf, type KeptFile } from './FileShelf.ts';
import type { FilesPorts } from './ports.ts';
import { storageRefusal } from './storageRefusal.ts';

/** How many bytes this part has to have. @throws ConclaveError request.not_found when the file has no such part */
export function expectedBytes(file: KeptFile, part: number): number {
  if (part >= file.parts) throw new ConclaveError('request.not_found');
  return filePartBytes(file.bytes, part);
}

/**
 * Keeps a part. One that is there is left as it is: the same bytes come again when an answer was lost.
 * @throws ConclaveError file.finished, file.not_found, file.storage_full, request.invalid
 */
export async function putPart(
  { shelf, blobs, clock }: FilesPorts,
  file: KeptFile,
  part: number,
  bytes: Uint8Array,
): Promise<void> {
  if (bytes.length !== expectedBytes(file, part)) throw new ConclaveError('request.invalid');
  if (file.received.has(part)) return;
  if (file.finished) throw new ConclaveError('file.finished');
  file.usedAt = clock();
  try {
    await shelf.using(file, () => blobs.put(blobOf(file.id), part, bytes));
  } catch (fault) {
    throw storageRefusal(fault);
  }
  if (shelf.find(file.id) !== file) throw new ConclaveError('file.not_found');
  file.received.add(part);
}

/** @throws ConclaveError file.not_found while it is not whole. */
export async function getPart(
  { shelf, blobs }: FilesPorts,
  file: KeptFile,
  part: number,
): Promise<Uint8Array> {
  if (!file.finished) throw new ConclaveError('file.not_found');
  expectedBytes(file, part);
  try {
    return await shelf.using(file, () => blobs.get(blobOf(file.id), part));
  } catch (fault) {
    throw storageRefusal(fault);
  }
}

/** From now on others can have it, and it does not change. @throws ConclaveError file.incomplete */
export function finishFile({ emit }: FilesPorts, file: KeptFile): void {
  if (file.finished) return;
  if (file.received.size !== file.parts) throw new ConclaveError('file.incomplete');
  file.finished = true;
  const { meetingId, owner, id, bytes } = file;
  emit({ event: 'file.finished', meetingId, participantId: owner, fileId: id, bytes });
}
