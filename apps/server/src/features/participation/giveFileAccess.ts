import { ConclaveError, type FileAccess, LIMITS } from '@conclave/protocol';
import { largestFile, maySendFiles } from '../../policy/files.ts';
import type { ParticipationPorts, Place } from './ports.ts';

/**
 * Access to the files of the meeting for somebody who is in it.
 * @throws ConclaveError resume.unknown when they are no longer here.
 */
export function giveFileAccess(
  { rooms, files, clock }: Pick<ParticipationPorts, 'rooms' | 'files' | 'clock'>,
  { meetingId, participantId }: Place,
): FileAccess {
  const room = rooms.find(meetingId);
  const member = room?.member(participantId);
  if (room === undefined || member === undefined) throw new ConclaveError('resume.unknown');
  const maySend = maySendFiles(member, room.state.rules, files.settings);
  return {
    token: files.accesses.give({ meetingId, participantId, maySend }, clock()),
    expiresInMs: LIMITS.fileAccessMs,
    maySend,
    largestBytes: largestFile(files.settings),
  };
}
