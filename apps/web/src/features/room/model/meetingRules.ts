import type { MeetingState } from '@conclave/client';

/** Whether somebody may send files, by the rules of the meeting; the server holds to it. */
export function maySendFiles({ rules, participants }: MeetingState): boolean {
  const self = participants.find((one) => one.self);
  return rules.fileSharing === 'everybody' || (rules.fileSharing === 'members' && self?.role !== 'guest');
}

/** Whether there is anything to be read or sent beside the pictures: messages, files, or both. */
export function hasChatPanel({ rules }: MeetingState): boolean {
  return rules.chat !== 'off' || rules.fileSharing !== 'off';
}
