import { type BusinessEvent, LIMITS, type MeetingId, type ParticipantId } from '@conclave/protocol';
import type { KeptFile } from './FileShelf.ts';
import type { FilesPorts } from './ports.ts';

type By = Extract<BusinessEvent, { event: 'file.removed' }>['by'];

export function removeFile({ shelf, emit }: FilesPorts, file: KeptFile, by: By): void {
  if (!shelf.takeOff(file)) return;
  const { meetingId, owner, id, bytes } = file;
  emit({ event: 'file.removed', meetingId, participantId: owner, fileId: id, bytes, by });
}

/** A participant has gone: what they were still sending is of no use. What they have sent stays for the others. */
export function participantGone(ports: FilesPorts, participantId: ParticipantId): void {
  ports.accesses.forget(participantId);
  const unfinished = ports.shelf.where(({ owner, finished }) => owner === participantId && !finished);
  for (const file of unfinished) removeFile(ports, file, 'departure');
}

/** A participant may send files no longer: what is under way ends. */
export function sendingForbidden(ports: FilesPorts, participantId: ParticipantId): void {
  const unfinished = ports.shelf.where(({ owner, finished }) => owner === participantId && !finished);
  for (const file of unfinished) removeFile(ports, file, 'policy');
}

/** There are to be no files in this meeting. */
export function filesForbidden(ports: FilesPorts, meetingId: MeetingId): void {
  for (const file of ports.shelf.where((one) => one.meetingId === meetingId))
    removeFile(ports, file, 'policy');
}

/** Room is held for files that come, not for those that were begun and left lying. Called every second. */
export function removeIdleFiles(ports: FilesPorts): void {
  const idleSince = ports.clock() - LIMITS.fileIdleMs;
  const isIdle = ({ finished, inUse, usedAt }: KeptFile) => !finished && inUse === 0 && usedAt <= idleSince;
  for (const file of ports.shelf.where(isIdle)) removeFile(ports, file, 'idle');
}

/** The last one has gone, and with them the last who could open anything. */
export function meetingOver(ports: FilesPorts, meetingId: MeetingId): void {
  for (const file of ports.shelf.where((one) => one.meetingId === meetingId))
    removeFile(ports, file, 'meeting-over');
}
