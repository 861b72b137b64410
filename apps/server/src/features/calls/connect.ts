import { type AccountId, ConclaveError, type GiveCallSecret } from '@conclave/protocol';
import { choicesOfCall } from '../../policy/calls.ts';
import { setCohost } from '../../storage/repositories/cohosts.ts';
import { deleteMeetingRow, insertMeeting } from '../../storage/repositories/meetings.ts';
import type { Call } from './CallDesk.ts';
import type { CallsPorts } from './ports.ts';

/**
 * Keeps the meeting that the caller's browser has made up, and passes its sealed passcode to the session that has answered. Of the
 * sealed text nothing stays.
 * @param people whose meeting it is, and who helps: both come straight in
 * @throws ConclaveError call.over; request.invalid on a taken id
 */
export async function connect(
  ports: CallsPorts,
  call: Call,
  { meetingId, verifier, sealed }: GiveCallSecret,
  people: { readonly owner: AccountId; readonly cohost: AccountId | null },
): Promise<void> {
  const { state } = call;
  if (state.name !== 'answered' || call.callee === null) throw new ConclaveError('call.over');
  const made = await insertMeeting(ports.db, {
    id: meetingId,
    owner_id: people.owner,
    title: null,
    verifier: Buffer.from(verifier, 'base64url'),
    created_at: new Date(ports.clock()),
    last_used_at: null,
    choices: choicesOfCall(ports.policy.current()),
    schedule: null,
    sequence: 0,
    is_call: true,
  });
  if (!made) throw new ConclaveError('request.invalid', { field: 'meetingId' });
  if (people.cohost !== null)
    await setCohost(ports.db, {
      meeting_id: meetingId,
      account_id: people.cohost,
      controls: ['admit'],
      added_at: new Date(ports.clock()),
    });
  try {
    ports.desk.do(call.id, { do: 'connect' });
  } catch (error) {
    // It was given up meanwhile.
    await deleteMeetingRow(ports.db, meetingId);
    throw error;
  }
  ports.emit({ event: 'call.connected', callId: call.id, meetingId });
  for (const channel of ports.channels.of(call.callee)) {
    if (channel.sessionId === state.by) channel.send({ type: 'secret', callId: call.id, meetingId, sealed });
  }
}
