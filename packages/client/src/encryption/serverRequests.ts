import {
  type AcceptedCommit,
  fromBase64Url,
  MESSAGE_KINDS,
  type Newcomer,
  type Seat,
  type ServerAnswer,
  type ServerRequest,
  toBase64Url,
} from '@conclave/e2ee';
import {
  ConclaveError,
  type GroupCommit,
  GroupId,
  type GroupNewcomer,
  type GroupSeat,
  ParticipantId,
} from '@conclave/protocol';
import type { ClientRequest, Signal } from '../signalling/Signal.ts';

/**
 * Carries what the worker asks of the server. Never rejects: without a socket the answer says so.
 * @param audience of a webinar: what we say is for the stage alone, but for reactions
 */
export async function serve(
  signal: Signal | null,
  request: ServerRequest,
  audience: boolean,
): Promise<ServerAnswer> {
  if (signal === null) return { ok: false, code: 'network.unreachable' };
  try {
    const answer = await signal.request(toMessage(request, audience));
    return { ok: true, seat: answer.type === 'group-seat' ? toSeat(answer.group) : null };
  } catch (error) {
    return { ok: false, code: error instanceof ConclaveError ? error.code : 'network.unreachable' };
  }
}

export function toSeat(seat: GroupSeat): Seat {
  if (seat.role !== 'member') return seat;
  return { role: 'member', groupId: seat.groupId, missed: seat.missed.map(toAcceptedCommit) };
}

export function toAcceptedCommit({ epoch, commit, added }: GroupCommit): AcceptedCommit {
  return { epoch, commit: fromBase64Url(commit), added: added.map(toNewcomer) };
}

export function toNewcomer({ participantId, entry, admission }: GroupNewcomer): Newcomer {
  return { participantId, entry, admission: admission === null ? null : fromBase64Url(admission) };
}

function toMessage(request: ServerRequest, audience: boolean): ClientRequest {
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
      return {
        type: 'group-rejoin',
        keyPackage: toBase64Url(request.keyPackage),
        introduction: request.introduction === null ? null : toBase64Url(request.introduction),
      };
    case 'message':
      return {
        type: 'group-message',
        groupId: GroupId.parse(request.groupId),
        to: audience && request.kind !== MESSAGE_KINDS.reaction ? 'stage' : 'everybody',
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
