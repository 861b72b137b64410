import { type CallId, type CallParty, ConclaveError, LIMITS, type MissedCall } from '@conclave/protocol';
import {
  deleteMissedCallRow,
  listMissedCallRows,
  type MissedCallRow,
  markMissedCallsSeen,
} from '../../storage/repositories/calls.ts';
import type { Caller } from '../accounts/authenticate.ts';
import type { CallsPorts } from './ports.ts';
import { tellState } from './tellCalls.ts';

/** The newest first, without what still rings. */
export async function listMissedCalls(ports: CallsPorts, { accountId }: Caller): Promise<MissedCall[]> {
  const rows = await listMissedCallRows(ports.db, accountId, LIMITS.missedCalls);
  const ringing = new Set(ringingIds(ports));
  return rows.filter(({ id }) => !ringing.has(id)).flatMap((row) => present(row) ?? []);
}

export async function markMissedCalls(ports: CallsPorts, { accountId }: Caller): Promise<void> {
  await markMissedCallsSeen(ports.db, accountId, new Date(ports.clock()), ringingIds(ports));
  await tellState(ports, accountId);
}

/** @throws ConclaveError call.not_found */
export async function deleteMissedCall(ports: CallsPorts, { accountId }: Caller, id: CallId): Promise<void> {
  if (ringingIds(ports).includes(id) || !(await deleteMissedCallRow(ports.db, id, accountId)))
    throw new ConclaveError('call.not_found');
  await tellState(ports, accountId);
}

function ringingIds({ desk }: CallsPorts): CallId[] {
  return desk.all().map(({ id }) => id);
}

function present(row: MissedCallRow): MissedCall | null {
  const caller = callerOf(row);
  if (caller === null) return null;
  return {
    callId: row.id,
    caller,
    email: row.caller_email ?? row.contact_email,
    at: row.rung_at.toISOString(),
    seen: row.seen_at !== null,
  };
}

function callerOf({ caller_id, caller_name, contact_id, contact_name }: MissedCallRow): CallParty | null {
  if (caller_id !== null && caller_name !== null)
    return { kind: 'member', accountId: caller_id, name: caller_name };
  if (contact_id !== null && contact_name !== null)
    return { kind: 'contact', contactId: contact_id, name: contact_name };
  return null;
}
