import { mayRingFromOutside } from '../../policy/calls.ts';
import type { SessionEnd } from '../accounts/ports.ts';
import type { PolicyChange } from '../policy/ports.ts';
import type { CallsPorts } from './ports.ts';
import { tellState } from './tellCalls.ts';

/** Whoever is signed out rings nobody, and what they have answered fails. */
export function endCallsOf({ desk }: CallsPorts, { sessionId }: Pick<SessionEnd, 'sessionId'>): void {
  for (const { id, owner } of desk.all()) {
    if (owner.kind === 'member' && owner.sessionId === sessionId) desk.do(id, { do: 'cancel' });
    else desk.do(id, { do: 'lose', session: sessionId });
  }
}

/** What the policy no longer allows ends with the change. */
export function applyPolicyToCalls(ports: CallsPorts, { policy }: PolicyChange): void {
  const outside = mayRingFromOutside(policy);
  for (const { id, owner } of ports.desk.all()) {
    if (policy.calls === 'off' || (owner.kind === 'contact' && !outside)) ports.desk.do(id, { do: 'cancel' });
  }
  for (const accountId of ports.channels.accounts())
    ports.background.add(tellState(ports, accountId).catch(ports.onFault));
}
