import type { AccountId, CallSettings } from '@conclave/protocol';
import { type CallSettingsRow, findCallSettings } from '../../storage/repositories/calls.ts';
import type { Caller } from '../accounts/authenticate.ts';
import type { CallsPorts } from './ports.ts';

type Ports = Pick<CallsPorts, 'db' | 'clock'>;

/** Found in the directory, heard, and no mails, until somebody says otherwise. */
const unchanged = { quiet: false, quiet_until: null, listed: true, mail_missed: false } as const;

export async function readCallSettings(
  ports: Ports,
  { accountId }: Pick<Caller, 'accountId'>,
): Promise<CallSettings> {
  return presentSettings(ports, await settingsOf(ports, accountId));
}

export async function isQuiet(ports: Ports, accountId: AccountId): Promise<boolean> {
  return presentSettings(ports, await settingsOf(ports, accountId)).quiet !== null;
}

async function settingsOf({ db }: Ports, accountId: AccountId): Promise<CallSettingsRow> {
  return (await findCallSettings(db, accountId)) ?? { account_id: accountId, ...unchanged };
}

export function presentSettings({ clock }: Ports, row: CallSettingsRow): CallSettings {
  const over = row.quiet_until !== null && row.quiet_until.getTime() <= clock();
  return {
    quiet: row.quiet && !over ? { until: row.quiet_until?.toISOString() ?? null } : null,
    listed: row.listed,
    mailMissed: row.mail_missed,
  };
}
