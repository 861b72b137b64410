import { Schedule } from '@conclave/protocol';

/** What is stored; a schedule that this release does not understand, or whose zone is gone, is none. */
export function readSchedule(stored: unknown): Schedule | null {
  const read = Schedule.safeParse(stored);
  return read.success ? read.data : null;
}
