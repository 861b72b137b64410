import type { SessionTie } from '../../storage/repositories/signOn/sessions.ts';
import { dropPending, findPendingOf, keepPendingAs } from './pending.ts';
import type { SignOnPorts } from './ports.ts';
import { anyProvider } from './providers.ts';

/**
 * What the session of a sign-on belongs to at the provider waits with the challenge for our own second factor. It is found by the
 * challenge, not by the browser's cookie: that one is used up when the page has been told what is asked.
 */
export async function keepTie(ports: SignOnPorts, challenge: string, tie: SessionTie): Promise<void> {
  const { providerId, subject, sid } = tie;
  await keepPendingAs(ports, nameOf(challenge), providerId, { step: 'tie', subject, sid });
}

/** Null when the provider is gone, or was switched off meanwhile. */
export async function takeTie(ports: SignOnPorts, challenge: string): Promise<SessionTie | null> {
  const pending = await findPendingOf(ports, nameOf(challenge));
  if (pending?.state.step !== 'tie') return null;
  await dropPending(ports, nameOf(challenge));
  const { row } = await anyProvider(ports, pending.row.provider_id);
  const { subject, sid } = pending.state;
  return row.enabled ? { providerId: row.id, subject, sid } : null;
}

/** No cookie's value is like this. */
function nameOf(challenge: string): string {
  return `tie of ${challenge}`;
}
