import { type AccountId, ConclaveError } from '@conclave/protocol';
import { findAccount } from '../../storage/repositories/accounts.ts';
import { missedCallMail } from '../mail/callMails.ts';
import { senderOf } from '../mail/letter.ts';
import type { Call } from './CallDesk.ts';
import { readCallSettings } from './callSettings.ts';
import type { CallsPorts } from './ports.ts';

/** Tells of a missed call by mail, for those who want it: so many an hour, and of the rest nothing. */
export async function mailMissed(ports: CallsPorts, call: Call, accountId: AccountId): Promise<void> {
  if (!(await readCallSettings(ports, { accountId })).mailMissed) return;
  const account = await findAccount(ports.db, accountId);
  if (account === null || account.status !== 'active') return;
  try {
    await ports.missedMails.begin({ recipient: accountId });
  } catch (error) {
    if (error instanceof ConclaveError) return;
    throw error;
  }
  await ports.mail.send(missedCallMail(account, call.caller.name, new Date(ports.clock()), senderOf(ports)));
}
