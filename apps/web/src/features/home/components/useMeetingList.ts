import { useEffect, useMemo } from 'react';
import { session } from '../../account/model/session.ts';
import { MeetingList } from '../model/meetingList.ts';
import { PasscodeStore } from '../model/passcodes.ts';

/** The account's meetings, read again whenever somebody comes back to this tab. */
export function useMeetingList(accountId: string): { list: MeetingList; passcodes: PasscodeStore } {
  const made = useMemo(() => {
    const passcodes = new PasscodeStore(accountId);
    return { passcodes, list: new MeetingList(passcodes, () => session.ended()) };
  }, [accountId]);
  useEffect(() => {
    const { list } = made;
    const refresh = () => {
      if (document.visibilityState === 'visible') void list.load();
    };
    refresh();
    document.addEventListener('visibilitychange', refresh);
    return () => document.removeEventListener('visibilitychange', refresh);
  }, [made]);
  return made;
}
