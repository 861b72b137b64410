import type { MeetingState } from '@conclave/client';

/** Whether somebody may send files, by the rules of the meeting; the server holds to it. */
export function maySendFiles({ rules, participants, stage }: MeetingState): boolean {
  if (stage !== 'on') return false;
  const self = participants.find((one) => one.self);
  switch (rules.fileSharing) {
    case 'everybody':
      return true;
    case 'members':
      return self?.role !== 'guest';
    case 'hosts':
      return self?.role === 'host' || self?.role === 'cohost';
    case 'off':
      return false;
  }
}

/** Whether somebody may write and ask polls, by the rules of the meeting; every client holds to it. */
export function mayWrite({ rules, participants, stage }: MeetingState): boolean {
  // Of an audience: it asks.
  if (stage !== 'on') return false;
  return rules.chat === 'everybody' || (rules.chat === 'hosts' && isModerator({ participants }));
}

/** Whether messages may go to one person alone. */
export function mayWritePrivately(state: MeetingState): boolean {
  return state.rules.privateChat === 'allowed' && mayWrite(state);
}

/** Whether one leads the meeting oneself, as its host or a co-host. */
export function isModerator({ participants }: Pick<MeetingState, 'participants'>): boolean {
  const role = participants.find((one) => one.self)?.role;
  return role === 'host' || role === 'cohost';
}

/** Whether one may delete what others have written, and close their polls. */
export function mayRuleChat({ participants }: Pick<MeetingState, 'participants'>): boolean {
  return participants.find((one) => one.self)?.controls.includes('chat') ?? false;
}

/** Whether a host has ordered something that everybody should see. */
export function hasOrders({ orders }: MeetingState): boolean {
  const { locked, held, chat } = orders;
  return locked || held.microphone || held.camera || held.screen || chat === 'off' || chat === 'hosts';
}

/** Whether there is anything to be read or sent beside the pictures: messages, files, or both. */
export function hasChatPanel({ rules }: MeetingState): boolean {
  return rules.chat !== 'off' || rules.fileSharing !== 'off';
}
