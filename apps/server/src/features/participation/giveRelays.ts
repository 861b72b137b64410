import type { Relay } from '@conclave/protocol';
import { ConclaveError } from '@conclave/protocol';
import { turnCredentials } from '../../security/turnCredentials.ts';
import type { ParticipationPorts, Place } from './ports.ts';

/**
 * Access to the relays for somebody who is in a meeting, for a short time; empty where there are none.
 * @throws ConclaveError resume.unknown when they are no longer here.
 */
export function giveRelays(
  { rooms, turn, clock }: Pick<ParticipationPorts, 'rooms' | 'turn' | 'clock'>,
  { meetingId, participantId }: Place,
): Relay[] {
  if (rooms.find(meetingId)?.member(participantId) === undefined) throw new ConclaveError('resume.unknown');
  if (turn === null) return [];
  const { urls, access } = turn;
  const credentials =
    access.kind === 'static'
      ? { username: access.username, credential: access.password.reveal() }
      : turnCredentials(access.secret, participantId, clock() + access.lifetimeSeconds * 1_000);
  return [{ urls: [...urls], ...credentials }];
}
