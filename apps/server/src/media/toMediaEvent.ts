import { MeetingId, ParticipantId } from '@conclave/protocol';
import type { WorkerEvent } from '@conclave/sfu';
import type { MediaEvent } from './MediaPort.ts';

/** What a worker says, in the product's own types; null for what nobody outside the media plane needs. */
export function toMediaEvent(event: WorkerEvent): MediaEvent | null {
  if (event.type === 'statistics') return null;
  const room = MeetingId.parse(event.room);
  switch (event.type) {
    case 'slots': {
      const slots = event.slots.map((slot) => ({
        ...slot,
        participantId: slot.participantId === null ? null : ParticipantId.parse(slot.participantId),
      }));
      return { type: 'slots', room, peer: ParticipantId.parse(event.peer), slots };
    }
    case 'wanted':
      return { type: 'wanted', room, peer: ParticipantId.parse(event.peer), wanted: event.wanted };
    case 'speakers':
      return { type: 'speakers', room, speakers: event.speakers.map((id) => ParticipantId.parse(id)) };
    case 'quality': {
      const qualities = event.qualities.map(({ peer, up, down }) => ({
        participantId: ParticipantId.parse(peer),
        up,
        down,
      }));
      return { type: 'quality', room, qualities };
    }
    case 'transport':
      return transportEvent(room, ParticipantId.parse(event.peer), event);
  }
}

/** `disconnected` may pass by itself; the client watches its own end and asks anew when it does not. */
function transportEvent(
  room: MeetingId,
  peer: ParticipantId,
  { state, reason }: Extract<WorkerEvent, { type: 'transport' }>,
): MediaEvent | null {
  if (state === 'connected') return { type: 'connected', room, peer };
  if (state === 'failed' || state === 'closed') {
    return { type: 'lost', room, peer, ...(reason === undefined ? {} : { abuse: reason }) };
  }
  return null;
}
