import type { Meeting } from '@conclave/protocol';
import type { MeetingRow } from '../../storage/repositories/meetings.ts';
import type { MeetingsPorts } from './ports.ts';
import { readChoices } from './readChoices.ts';

/** As the contract tells it to its owner: without the verifier. */
export function presentMeeting(ports: MeetingsPorts, row: MeetingRow): Meeting {
  return {
    id: row.id,
    title: row.title,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    participants: ports.participantsIn(row.id),
    choices: readChoices(row.choices),
  };
}
