import type { Control, ParticipantId, ServerMessage } from '@conclave/protocol';
import { has } from '../policy/moderation.ts';
import { isHostPresent } from '../rooms/decideModeration.ts';
import type { Room } from '../rooms/Room.ts';
import type { RoomEvent } from '../rooms/roomEvents.ts';
import type { Knock } from '../rooms/roomState.ts';
import { toKnockView, toRemovedView } from './joinedMessage.ts';
import { type Outboxes, write } from './Outboxes.ts';

/**
 * Tells those who may let people in who waits, and those who wait how they stand. Nobody else hears of either, and whoever
 * waits hears of nothing else.
 */
export function tellLobby(event: RoomEvent, room: Room, outboxes: Outboxes): void {
  switch (event.type) {
    case 'knocked':
      tellWhoMay('admit', room, outboxes, { type: 'knocked', knock: toKnockView(event.knock) });
      return;
    case 'knock-over': {
      const { knock, reason, by } = event;
      tellWhoMay('admit', room, outboxes, { type: 'knock-over', participantId: knock.id });
      if (reason !== null) outboxes.remove(knock.id)?.end(reason, by?.name ?? null);
      return;
    }
    case 'waits-otherwise':
      tellWhoMay('admit', room, outboxes, { type: 'knocked', knock: toKnockView(event.knock) });
      outboxes.find(event.knock.id)?.send(standing(room, event.knock));
      return;
    case 'joined':
      if (event.waited) outboxes.find(event.member.id)?.admitted();
      return;
    case 'host-presence': {
      for (const knock of room.state.lobby.values()) outboxes.find(knock.id)?.send(standing(room, knock));
      return;
    }
    case 'removed':
    case 'let-back':
      tellRemovals(room, outboxes);
      return;
    case 'reported': {
      const { id: participantId, by, reason } = event;
      tellWhoMay('remove', room, outboxes, { type: 'reported', participantId, by, reason });
      return;
    }
    case 'changed': {
      // Whoever is given a control is told what it is about.
      const { member, before } = event;
      if (has(member, 'admit') && !has(before, 'admit')) {
        for (const knock of room.state.lobby.values()) {
          outboxes.find(member.id)?.send({ type: 'knocked', knock: toKnockView(knock) });
        }
      }
      if (has(member, 'remove') && !has(before, 'remove')) tellRemovals(room, outboxes);
      return;
    }
    default:
      return;
  }
}

/** The answer to somebody who has to wait. */
export function waitingMessage(room: Room, id: ParticipantId, request: number): ServerMessage {
  const waitsFor = room.state.lobby.get(id)?.waitsFor ?? 'host';
  return { type: 'waiting', request, hostPresent: isHostPresent(room.state), waitsFor };
}

function standing(room: Room, { waitsFor }: Knock): ServerMessage {
  return { type: 'lobby', hostPresent: isHostPresent(room.state), waitsFor };
}

function tellRemovals(room: Room, outboxes: Outboxes): void {
  const removals = room.state.removals.map(toRemovedView);
  tellWhoMay('remove', room, outboxes, { type: 'removals', removals });
}

function tellWhoMay(control: Control, room: Room, outboxes: Outboxes, message: ServerMessage): void {
  const written = write(message);
  for (const member of room.state.members.values()) {
    if (has(member, control)) outboxes.find(member.id)?.sendWritten(written);
  }
}
