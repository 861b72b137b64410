import { SIGNAL_PATH } from '@conclave/protocol';
import { ConclaveMeeting } from './ConclaveMeeting.ts';
import type { Meeting, MeetingOptions } from './types.ts';

/** A stay in a meeting of the service that served this page. */
export function createMeeting(options: MeetingOptions): Meeting {
  return new ConclaveMeeting(new URL(SIGNAL_PATH, location.href.replace(/^http/, 'ws')).href, options);
}
