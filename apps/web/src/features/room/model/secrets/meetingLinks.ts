import { MeetingId } from '@conclave/protocol';

/** Of a passcode, without blanks and dashes (`parsePasscode` in the encryption takes 12 to 64 characters). */
const shortest = 12;
const address = /\/m\/([2-9a-z-]{23})\/?#([^\s"'<>]{1,200})/gi;
/** Links of this service that work once: for setting up, an invitation, a new password. */
const oneTime = /\/(?:set-up|invitation|new-password)\/?#[\w-]{43}/;

/** Whether there is a link of a meeting, here or at any other Conclave, with its passcode; or one that works once. */
export function hasMeetingLink(text: string): boolean {
  for (const [, id] of text.matchAll(address))
    if (MeetingId.safeParse(id?.toLowerCase()).success) return true;
  return oneTime.test(text);
}

/** Whether this meeting's passcode is in it, however it is grouped. */
export function hasPasscode(text: string, passcode: string | null): boolean {
  const plain = passcode === null ? '' : bare(passcode);
  return plain.length >= shortest && bare(text).includes(plain);
}

function bare(text: string): string {
  return text.toLowerCase().replaceAll(/[\s\-\u2010-\u2015]/g, '');
}
