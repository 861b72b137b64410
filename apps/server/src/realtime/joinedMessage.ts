import type { GroupClaim, Knock as KnockView, ServerMessageOf } from '@conclave/protocol';
import type { ParticipationPorts, Place } from '../features/participation/ports.ts';
import { has } from '../policy/moderation.ts';
import { maySee } from '../policy/webinar.ts';
import { breakoutViewOf } from '../rooms/breakoutState.ts';
import { directPathOf } from '../rooms/directState.ts';
import { groupSeatOf } from '../rooms/groupState.ts';
import { type Knock, type Removal, toParticipant } from '../rooms/roomState.ts';
import { clientRules } from './clientRules.ts';

/** All that a participant needs to know who has just come in; null when they have no place any more. */
export function joinedMessage(
  { rooms, media, clock }: Pick<ParticipationPorts, 'rooms' | 'media' | 'clock'>,
  { meetingId, participantId, resumeToken }: Place,
  { request, claim }: { readonly request: number | null; readonly claim: GroupClaim | null },
): ServerMessageOf<'joined'> | null {
  const room = rooms.find(meetingId);
  const self = room?.member(participantId);
  if (room === undefined || self === undefined) return null;
  const { state } = room;
  return {
    type: 'joined',
    request,
    self: participantId,
    resumeToken,
    meeting: state.meeting,
    participants: [...state.members.values()].filter((other) => maySee(self, other)).map(toParticipant),
    allowed: self.allowed,
    rules: clientRules(state),
    orders: state.orders,
    lobby: has(self, 'admit') ? [...state.lobby.values()].map(toKnockView) : [],
    removals: has(self, 'remove') ? state.removals.map(toRemovedView) : [],
    transportKept: media.isConnected(meetingId, participantId),
    breakout: breakoutViewOf(state, self, clock()),
    direct: directPathOf(state, self),
    group: groupSeatOf(state, participantId, claim?.kind === 'kept' ? claim : null),
  };
}

export function toKnockView({ id, name, identity, waitsFor, since, ...keys }: Knock): KnockView {
  const { keyPackage, introduction } = keys;
  const said = { participantId: id, name, identity, waitsFor, since: new Date(since).toISOString() };
  return { ...said, keyPackage, introduction };
}

export function toRemovedView({ id, name, lasting }: Removal) {
  return { participantId: id, name, lasting };
}
