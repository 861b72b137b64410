import { isDeepStrictEqual } from 'node:util';
import type { ParticipantId, ParticipantQuality, ServerMessage } from '@conclave/protocol';
import type { MediaEvent } from '../media/MediaPort.ts';
import { isModerator } from '../policy/openTo.ts';
import { isWebinar, maySee } from '../policy/webinar.ts';
import type { Room } from '../rooms/Room.ts';
import type { RoomEvent } from '../rooms/roomEvents.ts';
import type { Member, RoomState } from '../rooms/roomState.ts';
import { clientRules } from './clientRules.ts';
import { type Outboxes, write } from './Outboxes.ts';
import { tellOf } from './tellOf.ts';

/** Tells the participants of a room what has happened in it. */
export function tellRoom(event: RoomEvent, room: Room, outboxes: Outboxes): void {
  switch (event.type) {
    case 'joined':
      tellOf(room, outboxes, { before: null, after: event.member });
      return;
    case 'changed':
      tellOf(room, outboxes, { before: event.before, after: event.member });
      if (event.member.allowed !== event.before.allowed) {
        outboxes.find(event.member.id)?.send({ type: 'allowed', allowed: event.member.allowed });
      }
      return;
    case 'left':
      outboxes.remove(event.member.id)?.end(event.reason, event.by?.name ?? null);
      tellOf(room, outboxes, { before: event.member, after: null, reason: event.reason });
      return;
    case 'renamed':
      tellAll(room, outboxes, { type: 'meeting-changed', meeting: room.state.meeting });
      return;
    case 'ruled':
      tellRules(room, outboxes, { rules: event.before, orders: room.state.orders });
      return;
    case 'ordered':
      tellAll(room, outboxes, { type: 'orders', orders: room.state.orders, by: event.by });
      tellRules(room, outboxes, { rules: room.state.rules, orders: event.before });
      return;
    case 'moderated': {
      const { to, what, sources, by } = event;
      outboxes.find(to)?.send({ type: 'moderated', what, sources: [...sources], by });
      return;
    }
    case 'stage-taken':
      return; // Others see where they are now.
    case 'breakout-changed':
    case 'breakout-over':
      return; // In `tellBreakout.ts`.
    case 'knocked':
    case 'waits-otherwise':
    case 'knock-over':
    case 'host-presence':
    case 'removed':
    case 'let-back':
    case 'reported':
      return; // In `tellLobby.ts`.
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
      tellQuality(room, outboxes, event.qualities);
      return;
    case 'lost':
      outboxes.find(event.peer)?.send({ type: 'transport-lost' });
      return;
    case 'connected':
      return;
  }
}

/** Only what is for clients to hold to, and only when that has changed. */
function tellRules(room: Room, outboxes: Outboxes, before: Pick<RoomState, 'rules' | 'orders'>): void {
  const rules = clientRules(room.state);
  if (!isDeepStrictEqual(rules, clientRules(before))) tellAll(room, outboxes, { type: 'rules', rules });
}

function tellState(room: Room, outboxes: Outboxes, id: ParticipantId, message: ServerMessage): void {
  if (room.member(id) !== undefined) outboxes.tell(id, message.type, write(message));
}

function tellAll(room: Room, outboxes: Outboxes, message: ServerMessage): void {
  const written = write(message);
  for (const id of room.state.members.keys()) outboxes.find(id)?.sendWritten(written);
}

/** Of those alone whom they see. */
function tellQuality(room: Room, outboxes: Outboxes, qualities: readonly ParticipantQuality[]): void {
  if (!isWebinar(room.state.rules)) {
    tellAll(room, outboxes, { type: 'quality', qualities: [...qualities] });
    return;
  }
  const { members } = room.state;
  const of = (sees: (subject: Member) => boolean) =>
    qualities.filter(({ participantId }) => {
      const subject = members.get(participantId);
      return subject !== undefined && sees(subject);
    });
  const speakers = of(({ stage }) => stage === 'on');
  const own = new Map(qualities.map((quality) => [quality.participantId, quality]));
  const forHosts = write({ type: 'quality', qualities: [...qualities] });
  const forAll = speakers.length === 0 ? null : write({ type: 'quality', qualities: speakers });
  for (const member of members.values()) {
    const mine = own.get(member.id);
    const outbox = outboxes.find(member.id);
    if (isModerator(member.role)) outbox?.sendWritten(forHosts);
    else if (mine !== undefined && member.stage !== 'on')
      outbox?.send({ type: 'quality', qualities: of((subject) => maySee(member, subject)) });
    else if (forAll !== null) outbox?.sendWritten(forAll);
  }
}
