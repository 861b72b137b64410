import type { MeetingId } from '@conclave/protocol';
import { findMeeting } from '../../storage/repositories/meetings.ts';
import type { Db } from '../../storage/tables.ts';
import type { JoinableMeeting } from './ports.ts';
import { readChoices } from './readChoices.ts';

/** The meeting with its verifier, or null when there is none. Never told to a browser. */
export async function findForJoin(db: Db, id: MeetingId): Promise<JoinableMeeting | null> {
  const row = await findMeeting(db, id);
  return row === null
    ? null
    : {
        id: row.id,
        title: row.title,
        ownerId: row.owner_id,
        verifier: row.verifier,
        choices: readChoices(row.choices),
      };
}
