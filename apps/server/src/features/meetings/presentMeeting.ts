import { CONTROLS, type Meeting } from '@conclave/protocol';
import { nextOccurrence } from '../../schedule/occurrences.ts';
import { namesOf } from '../../storage/repositories/accounts.ts';
import { listCohosts } from '../../storage/repositories/cohosts.ts';
import { countGoodInvitations } from '../../storage/repositories/invitations.ts';
import type { MeetingRow } from '../../storage/repositories/meetings.ts';
import type { Caller } from '../accounts/authenticate.ts';
import type { MeetingsPorts } from './ports.ts';
import { readChoices } from './readChoices.ts';
import { readControls } from './readControls.ts';
import { readSchedule } from './readSchedule.ts';

/**
 * As the contract tells them to their owners and co-hosts: without the verifier, and to a co-host without who the others are.
 * Each row is of a meeting that the caller may see.
 */
export async function presentMeetings(
  ports: MeetingsPorts,
  caller: Caller,
  rows: readonly MeetingRow[],
): Promise<Meeting[]> {
  const { db } = ports;
  const ids = rows.map(({ id }) => id);
  const cohosts = await listCohosts(db, ids);
  const invited = await countGoodInvitations(db, ids);
  const names = await namesOf(db, [...new Set(rows.map(({ owner_id }) => owner_id))]);
  return rows.map((row) => {
    const mine = row.owner_id === caller.accountId;
    const here = cohosts.filter(({ meeting_id }) => meeting_id === row.id);
    const self = here.find(({ account_id }) => account_id === caller.accountId);
    const schedule = readSchedule(row.schedule);
    return {
      id: row.id,
      title: row.title,
      role: mine ? 'host' : 'cohost',
      hostName: names.get(row.owner_id) ?? '',
      controls: mine ? [...CONTROLS] : readControls(self?.controls ?? []),
      createdAt: row.created_at.toISOString(),
      lastUsedAt: row.last_used_at?.toISOString() ?? null,
      participants: ports.participantsIn(row.id),
      choices: readChoices(row.choices),
      schedule,
      next: schedule === null ? null : next(schedule, ports.clock()),
      cohosts: mine
        ? here.map(({ account_id, name, email, controls }) => ({
            accountId: account_id,
            name,
            email,
            controls: readControls(controls),
          }))
        : [],
      invited: invited.get(row.id) ?? 0,
    };
  });
}

export async function presentMeeting(
  ports: MeetingsPorts,
  caller: Caller,
  row: MeetingRow,
): Promise<Meeting> {
  const [meeting] = await presentMeetings(ports, caller, [row]);
  if (meeting === undefined) throw new Error('a meeting was not presented');
  return meeting;
}

function next(schedule: NonNullable<Meeting['schedule']>, now: number): Meeting['next'] {
  const found = nextOccurrence(schedule, now);
  if (found === null) return null;
  return { start: new Date(found.start).toISOString(), end: new Date(found.end).toISOString() };
}
