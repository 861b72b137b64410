import type { CallSettings } from '@conclave/protocol';
import type * as z from 'zod/mini';
import { putCallSettings } from '../../storage/repositories/calls.ts';
import type { Caller } from '../accounts/authenticate.ts';
import { presentSettings } from './callSettings.ts';
import type { CallsPorts } from './ports.ts';
import { tellState } from './tellCalls.ts';

/** They hold at once; a ring that is heard goes on to be heard. */
export async function changeCallSettings(
  ports: CallsPorts,
  { accountId }: Caller,
  { quiet, listed, mailMissed }: z.output<typeof CallSettings>,
): Promise<CallSettings> {
  const row = {
    account_id: accountId,
    quiet: quiet !== null,
    quiet_until: quiet?.until == null ? null : new Date(quiet.until),
    listed,
    mail_missed: mailMissed,
  };
  await putCallSettings(ports.db, row);
  await tellState(ports, accountId);
  return presentSettings(ports, row);
}
