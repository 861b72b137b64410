import type { View } from '@conclave/protocol';
import type { ParticipationPorts, Place } from './ports.ts';

/** A participant says what they show, so that the media plane sends just that. */
export function setView(ports: ParticipationPorts, { meetingId, participantId }: Place, view: View): void {
  if (ports.rooms.find(meetingId)?.member(participantId) === undefined) return;
  ports.views.set(participantId, view);
  ports.media.setView(meetingId, participantId, view);
}
