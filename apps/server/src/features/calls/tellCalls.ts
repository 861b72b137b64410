import type { AccountId, CallChannelMessage, IncomingCall } from '@conclave/protocol';
import { unseenMissedCalls } from '../../storage/repositories/calls.ts';
import type { CallChannel } from './CallChannels.ts';
import type { Call } from './CallDesk.ts';
import { readCallSettings } from './callSettings.ts';
import type { CallsPorts } from './ports.ts';

/** What holds now, to all pages of an account, or to one of them. */
export async function tellState(
  ports: CallsPorts,
  accountId: AccountId,
  to: readonly CallChannel[] = ports.channels.of(accountId),
): Promise<void> {
  if (to.length === 0) return;
  const { quiet } = await readCallSettings(ports, { accountId });
  const unseen = await unseenMissedCalls(ports.db, accountId);
  // From here on at once: what is told last is what holds.
  const { calls } = ports.policy.current();
  const ringing = new Set(ports.desk.all().map(({ id }) => id));
  const message: CallChannelMessage = {
    type: 'state',
    calls,
    quiet,
    missed: unseen.filter((id) => !ringing.has(id)).length,
    incoming: calls === 'off' ? [] : ports.desk.heardBy(accountId).map(incoming),
  };
  for (const channel of to) channel.send(message);
}

function incoming({ id, caller, state }: Call): IncomingCall {
  const endsAt = state.name === 'ringing' ? state.endsAt : 0;
  return { callId: id, caller, endsAt: new Date(endsAt).toISOString() };
}
