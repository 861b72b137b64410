import { TabMemory } from '../../visit/model/tabMemory.ts';

/** What the page of a meeting is told when somebody comes from a call: they go straight in, heard and not seen. */
export const CALL_STATE = { call: true } as const;

/** @returns the path of the meeting's page */
export function prepareCall(meetingId: string, passcode: string, invitation: string | null = null): string {
  new TabMemory(meetingId).update({ passcode, invitation });
  return `/m/${meetingId}`;
}
