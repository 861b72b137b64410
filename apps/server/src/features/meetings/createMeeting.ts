import { ConclaveError, type CreateMeeting, type Meeting } from '@conclave/protocol';
import type * as z from 'zod/mini';
import { mayCreateMeeting } from '../../policy/meetings.ts';
import { countMeetingsOf, insertMeeting, type MeetingRow } from '../../storage/repositories/meetings.ts';
import type { Caller } from '../accounts/authenticate.ts';
import type { MeetingsPorts } from './ports.ts';
import { presentMeeting } from './presentMeeting.ts';
import { refuseEnforced } from './refuseEnforced.ts';

/**
 * Keeps a meeting that the caller's browser made up: the id, and what proofs of the passcode are checked
 * against. @throws ConclaveError meeting.limit, meeting.enforced; request.invalid on a taken id, which chance alone never makes.
 */
export async function createMeeting(
  ports: MeetingsPorts,
  caller: Caller,
  input: z.output<typeof CreateMeeting>,
): Promise<Meeting> {
  if (!mayCreateMeeting(await countMeetingsOf(ports.db, caller.accountId))) {
    throw new ConclaveError('meeting.limit');
  }
  if (input.choices !== undefined) refuseEnforced(ports, {}, input.choices);
  const row: MeetingRow = {
    id: input.id,
    owner_id: caller.accountId,
    title: input.title,
    verifier: Buffer.from(input.verifier, 'base64url'),
    created_at: new Date(ports.clock()),
    last_used_at: null,
    choices: input.choices ?? {},
    schedule: input.schedule ?? null,
    sequence: 0,
    is_call: false,
  };
  if (ports.isTaken(row.id) || !(await insertMeeting(ports.db, row)))
    throw new ConclaveError('request.invalid', { field: 'id' });
  ports.emit({ event: 'meeting.created', accountId: caller.accountId, meetingId: row.id });
  return presentMeeting(ports, caller, row);
}
