import { ConclaveError, type FileId } from '@conclave/protocol';
import { demandAccess } from './accessFiles.ts';
import type { HeldAccess } from './FileAccesses.ts';
import type { KeptFile } from './FileShelf.ts';
import type { FilesPorts } from './ports.ts';

/** A file of the meeting that they are in. @throws ConclaveError file.access, file.not_found */
export function findFile(ports: FilesPorts, access: HeldAccess, id: FileId): KeptFile {
  demandAccess(ports, access);
  const file = ports.shelf.find(id);
  if (file === undefined || file.meetingId !== access.meetingId) throw new ConclaveError('file.not_found');
  return file;
}

/** A file that they send. @throws ConclaveError file.access, file.not_found, auth.forbidden */
export function findOwnFile(ports: FilesPorts, access: HeldAccess, id: FileId): KeptFile {
  const file = findFile(ports, access, id);
  if (file.owner !== access.participantId) throw new ConclaveError('auth.forbidden');
  return file;
}
