import { fromBase64Url, type Seat, type ServerAnswer, type ServerRequest, toBase64Url } from '@conclave/e2ee';
import { ConclaveError, GroupId, type GroupSeat, ParticipantId } from '@conclave/protocol';
import type { ClientRequest, Signal } from '../signalling/Signal.ts';

/** Carries what the worker asks of the server. Never rejects: without a socket the answer says so. */
export async function serve(signal: Signal | null, request: ServerRequest): Promise<ServerAnswer> {
  if (signal === null) return { ok: false, code: 'network.unreachable' };
  try {
    const answer = await signal.request(toMessage(request));
    return { ok: true, seat: answer.type === 'group-seat' ? toSeat(answer.group) : null };
  } catch (error) {
    return { ok: false, code: error instanceof ConclaveError ? error.code : 'network.unreachable' };
  }
}

export function toSeat(seat: GroupSeat): Seat {
  if (seat.role !== 'member') return seat;
  const missed = seat.missed.map(({ epoch, commit }) => ({ epoch, commit: fromBase64Url(commit) }));
  return { role: 'member', groupId: seat.groupId, missed };
}

function toMessage(request: ServerRequest): ClientRequest {
  switch (request.type) {
    case 'commit': {
      const { epoch, commit, welcome, added, removed } = request;
      return {
        type: 'group-commit',
        groupId: GroupId.parse(request.groupId),
        epoch,
        commit: toBase64Url(commit),
        welcome: welcome === null ? null : toBase64Url(welcome),
        added: added.map((id) => ParticipantId.parse(id)),
        removed: removed.map((id) => ParticipantId.parse(id)),
      };
    }
    case 'ack':
      return { type: 'group-ack', groupId: GroupId.parse(request.groupId), epoch: request.epoch };
    case 'rejoin':
      return { type: 'group-rejoin', keyPackage: toBase64Url(request.keyPackage) };
    case 'message':
      return {
        type: 'group-message',
        groupId: GroupId.parse(request.groupId),
        message: toBase64Url(request.message),
      };
    case 'refuse':
      return {
        type: 'group-refuse',
        groupId: GroupId.parse(request.groupId),
        participantId: ParticipantId.parse(request.participantId),
      };
  }
}
