import { useEffect, useState } from 'react';
import { useObservable } from '../../../ui/useObservable.ts';
import type { Who } from '../../account/model/session.ts';
import type { Visit } from '../model/visit.ts';
import type { InvitationState } from './useInvitation.ts';

/**
 * Whoever comes from a call goes straight in, once, with the microphone on and the camera off. A microphone that is not allowed
 * keeps nobody out.
 * @returns whether that is still to happen
 */
export function useCalled(visit: Visit, who: Who, invitation: InvitationState, called: boolean): boolean {
  const [pending, setPending] = useState(called);
  const before = useObservable(visit.state).name === 'before';
  const accountId = who.name === 'account' ? who.account.id : null;
  const name = nameOf(who, invitation);
  useEffect(() => {
    if (!pending || !before || name === undefined) return;
    setPending(false);
    // Then the page asks what is missing.
    if (name === null) return;
    void visit.devices.turnOnMicrophone();
    visit.join({ name, accountId });
  }, [pending, before, name, accountId, visit]);
  return pending;
}

/** Undefined while nobody knows; null when nobody has said. */
function nameOf(who: Who, invitation: InvitationState): string | null | undefined {
  if (who.name === 'unknown' || invitation.name === 'asking') return undefined;
  if (who.name === 'account') return who.account.name;
  return invitation.name === 'invited' ? invitation.as : null;
}
