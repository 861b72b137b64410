import { useWho } from '../../account/components/useWho.ts';
import { meetingLink } from '../../home/model/links.ts';
import { PasscodeStore } from '../../home/model/passcodes.ts';
import type { Visit } from '../model/visit.ts';

/**
 * The link to send to others, made when it is copied: a new link may have been made in another tab since this person
 * came in. Null when this tab does not know the passcode.
 */
export function useMeetingLink(visit: Visit): (() => string) | null {
  const who = useWho();
  const own = who.name === 'account' ? new PasscodeStore(who.account.id) : null;
  const { meetingId, passcode } = visit;
  if (passcode === null) return null;
  return () => meetingLink(location.origin, meetingId, own?.get(meetingId) ?? passcode);
}
