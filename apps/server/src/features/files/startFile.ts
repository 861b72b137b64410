import { ConclaveError, type FileId, type FileStatus, filePartsOf } from '@conclave/protocol';
import { refusalOfFile } from '../../policy/files.ts';
import { demandAccess } from './accessFiles.ts';
import type { HeldAccess } from './FileAccesses.ts';
import { blobOf, type KeptFile } from './FileShelf.ts';
import type { FilesPorts } from './ports.ts';
import { statusOf } from './statusOf.ts';
import { storageRefusal } from './storageRefusal.ts';

/**
 * Makes room for a file. Said again by the same participant it tells how far the file is.
 * @throws ConclaveError file.access, file.not_allowed, file.too_large, file.quota, file.storage_full, file.id_taken, request.rate
 */
export async function startFile(
  ports: FilesPorts,
  access: HeldAccess,
  id: FileId,
  bytes: number,
): Promise<FileStatus> {
  const { shelf, settings, blobs, clock, emit } = ports;
  const { meetingId, participantId, maySend } = access;
  demandAccess(ports, access);
  if (!maySend) throw new ConclaveError('file.not_allowed');
  const known = shelf.find(id);
  if (known !== undefined) return statusOfSame(known, access, bytes);
  if (!access.starts.take(clock())) throw new ConclaveError('request.rate', { retryAfterMs: 1_000 });
  const refusal = refusalOfFile(
    bytes,
    {
      participant: shelf.usage(({ owner }) => owner === participantId),
      meeting: shelf.usage((file) => file.meetingId === meetingId),
      service: shelf.usage(() => true),
    },
    settings,
  );
  if (refusal !== null) throw new ConclaveError(refusal);
  const file = shelf.add({
    id,
    meetingId,
    owner: participantId,
    bytes,
    parts: filePartsOf(bytes),
    usedAt: clock(),
  });
  try {
    await shelf.using(file, () => blobs.create(blobOf(id)));
  } catch (fault) {
    shelf.takeOff(file);
    throw storageRefusal(fault);
  }
  if (shelf.find(id) !== file) throw new ConclaveError('file.access');
  emit({ event: 'file.started', meetingId, participantId, fileId: id, bytes });
  return statusOf(file);
}

function statusOfSame(file: KeptFile, { meetingId, participantId }: HeldAccess, bytes: number): FileStatus {
  const isSame = file.meetingId === meetingId && file.owner === participantId && file.bytes === bytes;
  if (!isSame) throw new ConclaveError('file.id_taken');
  return statusOf(file);
}
