import type { MeetingId } from '@conclave/protocol';
import { findMeeting } from '../../storage/repositories/meetings.ts';
import { listRemovals } from '../../storage/repositories/removals.ts';
import type { Db } from '../../storage/tables.ts';
import { cohostsOf } from './cohosts.ts';
import type { JoinableMeeting } from './ports.ts';
import { readChoices } from './readChoices.ts';

/** The meeting with its verifier, or null when there is none. Never told to a browser. */
export async function findForJoin(db: Db, id: MeetingId): Promise<JoinableMeeting | null> {
  const row = await findMeeting(db, id);
  if (row === null) return null;
  return {
    id: row.id,
    title: row.title,
    ownerId: row.owner_id,
    verifier: row.verifier,
    choices: readChoices(row.choices),
    fixedRules: null,
    cohosts: await cohostsOf(db, id),
    removals: await listRemovals(db, id),
  };
}
