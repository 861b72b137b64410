import type { View } from '@conclave/protocol';
import { mediaView } from './mediaView.ts';
import type { ParticipationPorts, Place } from './ports.ts';

/** A participant says what they show, so that the media plane sends just that. */
export function setView(ports: ParticipationPorts, { meetingId, participantId }: Place, view: View): void {
  const room = ports.rooms.find(meetingId);
  if (room?.member(participantId) === undefined) return;
  ports.views.set(participantId, view);
  ports.media.setView(meetingId, participantId, mediaView(ports, room, participantId) ?? view);
}
