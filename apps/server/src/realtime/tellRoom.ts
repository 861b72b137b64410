import type { ParticipantId, ServerMessage } from '@conclave/protocol';
import type { MediaEvent } from '../media/MediaPort.ts';
import type { Room } from '../rooms/Room.ts';
import { type RoomEvent, toParticipant } from '../rooms/roomState.ts';
import type { Outboxes } from './Outboxes.ts';

/** Tells the participants of a room what has happened in it. */
export function tellRoom(event: RoomEvent, room: Room, outboxes: Outboxes): void {
  switch (event.type) {
    case 'joined':
      tellOthers(room, outboxes, event.member.id, {
        type: 'participant-joined',
        participant: toParticipant(event.member),
      });
      return;
    case 'changed':
      tellAll(room, outboxes, { type: 'participant-changed', participant: toParticipant(event.member) });
      if (event.member.allowed !== event.before.allowed) {
        outboxes.find(event.member.id)?.send({ type: 'allowed', allowed: event.member.allowed });
      }
      return;
    case 'left':
      outboxes.remove(event.member.id)?.end(event.reason);
      tellAll(room, outboxes, {
        type: 'participant-left',
        participantId: event.member.id,
        reason: event.reason,
      });
      return;
    case 'renamed':
      tellAll(room, outboxes, { type: 'meeting-changed', meeting: room.state.meeting });
      return;
    case 'resumed':
      return; // Others see that the participant is connected again.
  }
}

/** Tells what the media plane has to say to whom it concerns. */
export function tellMedia(event: MediaEvent, room: Room | undefined, outboxes: Outboxes): void {
  switch (event.type) {
    case 'slots':
      outboxes.find(event.peer)?.send({ type: 'slots', slots: event.slots });
      return;
    case 'wanted':
      outboxes.find(event.peer)?.send({ type: 'wanted', wanted: event.wanted });
      return;
    case 'speakers':
      if (room !== undefined) tellAll(room, outboxes, { type: 'speakers', speakers: event.speakers });
      return;
    case 'lost':
      outboxes.find(event.peer)?.send({ type: 'transport-lost' });
      return;
    case 'connected':
      return;
  }
}

function tellAll(room: Room, outboxes: Outboxes, message: ServerMessage): void {
  for (const id of room.state.members.keys()) outboxes.find(id)?.send(message);
}

function tellOthers(room: Room, outboxes: Outboxes, but: ParticipantId, message: ServerMessage): void {
  for (const id of room.state.members.keys()) if (id !== but) outboxes.find(id)?.send(message);
}
