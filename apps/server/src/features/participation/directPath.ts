import { type ClientMessageOf, ConclaveError } from '@conclave/protocol';
import type { RoomCommand } from '../../rooms/roomCommands.ts';
import type { ParticipationPorts, Place } from './ports.ts';

/** A participant lets the other person of a direct path see their address, or does so no longer. */
export function agreeToDirectPath(
  ports: ParticipationPorts,
  { meetingId, participantId }: Place,
  { agreed }: ClientMessageOf<'direct-consent'>,
): void {
  ports.rooms.find(meetingId)?.handle({ type: 'agree-direct', id: participantId, agreed });
}

/** What one of two sends the other one to connect. @throws ConclaveError when it is not theirs to send now. */
export function relayDirectSignal(
  ports: ParticipationPorts,
  place: Place,
  { offerId, signal }: ClientMessageOf<'direct-signal'>,
): void {
  handle(ports, place, { type: 'relay-direct', id: place.participantId, offerId, signal });
}

/** @throws ConclaveError direct.not_offered. */
export function reportDirectPath(
  ports: ParticipationPorts,
  place: Place,
  { offerId, report }: ClientMessageOf<'direct-report'>,
): void {
  handle(ports, place, { type: 'report-direct', id: place.participantId, offerId, report });
}

/** A late message is honest now and then; many of them are not, so each refusal is on record. */
function handle(ports: ParticipationPorts, { meetingId }: Place, command: RoomCommand): void {
  try {
    ports.rooms.find(meetingId)?.handle(command);
  } catch (error) {
    if (error instanceof ConclaveError)
      ports.emit({ event: 'request.refused', surface: 'signal', code: error.code });
    throw error;
  }
}
