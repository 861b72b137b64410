import type { MeetingId } from '@conclave/protocol';
import type { ParticipationPorts } from './ports.ts';

/** The meeting has another title: everybody in it is told. */
export function renameMeeting(ports: ParticipationPorts, meetingId: MeetingId, title: string | null): void {
  ports.rooms.findMeeting(meetingId)?.handle({ type: 'rename', title });
}
