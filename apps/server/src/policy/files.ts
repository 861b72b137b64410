import type { ErrorCode, MeetingRules, ParticipantRole, StagePlace } from '@conclave/protocol';
import { isOpenTo } from './openTo.ts';

/** What the operator says about files, in megabytes (2^20 bytes) of files before encryption. */
export interface FileSettings {
  readonly largestMegabytes: number;
  readonly participantMegabytes: number;
  readonly meetingMegabytes: number;
  readonly serviceMegabytes: number;
}

/** Files that are kept at once. A file costs memory too, however small it is. */
export const FILE_COUNTS = { participant: 100, meeting: 500, service: 20_000 } as const;

/**
 * What one participant may ask of the files: requests at once and for a second after that, and those that are under way at
 * the same time. At 256 kB each that is a fast network's worth.
 */
export const FILE_RATES = {
  requests: { burst: 200, perSecond: 100 },
  starts: { burst: 30, perSecond: 1 },
  atOnce: 8,
} as const;

/** What is kept of somebody, of a meeting, or of all. Bytes of ciphertext. */
export interface FileUsage {
  readonly files: number;
  readonly bytes: number;
}

const megabyte = 2 ** 20;
const chunkBytes = 64 * 1024;
const tagBytes = 16;

/** Bytes, before encryption. */
export function largestFile({ largestMegabytes }: FileSettings): number {
  return largestMegabytes * megabyte;
}

/** Nobody of an audience does. */
export function maySendFiles(
  { role, stage }: { readonly role: ParticipantRole; readonly stage: StagePlace },
  { fileSharing }: Pick<MeetingRules, 'fileSharing'>,
  { largestMegabytes }: FileSettings,
): boolean {
  return largestMegabytes > 0 && stage === 'on' && isOpenTo(fileSharing, role);
}

/** Whether one more file is kept. @param bytes of its ciphertext. @returns why not */
export function refusalOfFile(
  bytes: number,
  usage: { readonly participant: FileUsage; readonly meeting: FileUsage; readonly service: FileUsage },
  settings: FileSettings,
): ErrorCode | null {
  if (bytes > encrypted(largestFile(settings))) return 'file.too_large';
  const fits = (name: 'participant' | 'meeting' | 'service', megabytes: number): boolean =>
    usage[name].files < FILE_COUNTS[name] && usage[name].bytes + bytes <= encrypted(megabytes * megabyte);
  if (!fits('participant', settings.participantMegabytes)) return 'file.quota';
  if (!fits('meeting', settings.meetingMegabytes)) return 'file.quota';
  return fits('service', settings.serviceMegabytes) ? null : 'file.storage_full';
}

function encrypted(bytes: number): number {
  return bytes + Math.max(1, Math.ceil(bytes / chunkBytes)) * tagBytes;
}
