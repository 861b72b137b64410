import { isDeepStrictEqual } from 'node:util';
import { type MeetingRules, type ParticipantId, type ServerMessage, toClientRules } from '@conclave/protocol';
import type { MediaEvent } from '../media/MediaPort.ts';
import type { Room } from '../rooms/Room.ts';
import { type RoomEvent, toParticipant } from '../rooms/roomState.ts';
import { type Outboxes, write } from './Outboxes.ts';

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
    case 'ruled':
      tellRules(room, outboxes, event.before);
      return;
    case 'direct-told':
      outboxes.find(event.id)?.send({ type: 'direct-path', direct: event.direct });
      return;
    case 'direct-signalled': {
      const { offerId, signal } = event;
      outboxes.find(event.to)?.send({ type: 'direct-signal', offerId, signal });
      return;
    }
    case 'group-founded':
    case 'group-reseated':
    case 'group-rejoined':
    case 'group-committed':
    case 'group-welcomed':
    case 'group-pending':
    case 'group-settled':
    case 'group-messaged':
    case 'group-refused':
      return; // In `tellGroup.ts`.
    case 'resumed':
      return; // Others see that the participant is connected again.
    case 'agreed':
    case 'direct-offered':
    case 'direct-flows':
    case 'direct-established':
    case 'direct-ended':
      return; // Each is told how they stand now.
  }
}

/** Tells what the media plane has to say to whom it concerns. Of somebody who has left nothing is kept. */
export function tellMedia(event: MediaEvent, room: Room | undefined, outboxes: Outboxes): void {
  if (room === undefined) return;
  switch (event.type) {
    case 'slots':
      tellState(room, outboxes, event.peer, { type: 'slots', slots: event.slots });
      return;
    case 'wanted':
      tellState(room, outboxes, event.peer, { type: 'wanted', wanted: event.wanted });
      return;
    case 'speakers': {
      const message: ServerMessage = { type: 'speakers', speakers: event.speakers };
      const written = write(message);
      for (const id of room.state.members.keys()) outboxes.tell(id, message.type, written);
      return;
    }
    case 'quality':
      tellAll(room, outboxes, { type: 'quality', qualities: event.qualities });
      return;
    case 'lost':
      outboxes.find(event.peer)?.send({ type: 'transport-lost' });
      return;
    case 'connected':
      return;
  }
}

/** Only what is for clients to hold to, and only when that has changed. */
function tellRules(room: Room, outboxes: Outboxes, before: MeetingRules): void {
  const rules = toClientRules(room.state.rules);
  if (!isDeepStrictEqual(rules, toClientRules(before))) tellAll(room, outboxes, { type: 'rules', rules });
}

function tellState(room: Room, outboxes: Outboxes, id: ParticipantId, message: ServerMessage): void {
  if (room.member(id) !== undefined) outboxes.tell(id, message.type, write(message));
}

function tellAll(room: Room, outboxes: Outboxes, message: ServerMessage): void {
  const written = write(message);
  for (const id of room.state.members.keys()) outboxes.find(id)?.sendWritten(written);
}

function tellOthers(room: Room, outboxes: Outboxes, but: ParticipantId, message: ServerMessage): void {
  const written = write(message);
  for (const id of room.state.members.keys()) if (id !== but) outboxes.find(id)?.sendWritten(written);
}
