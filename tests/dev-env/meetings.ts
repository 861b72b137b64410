import { randomBytes, randomInt } from 'node:crypto';
import { UNAMBIGUOUS_ALPHABET } from '@conclave/protocol';

/** What a browser sends to make a meeting. The verifier is of no passcode that anybody knows. */
export interface NewMeeting {
  readonly id: string;
  readonly title: string | null;
  readonly verifier: string;
}

export function makeMeeting(given: Partial<NewMeeting> = {}): NewMeeting {
  return { id: makeMeetingId(), title: null, verifier: randomBytes(32).toString('base64url'), ...given };
}

export function makeMeetingId(): string {
  const character = () => UNAMBIGUOUS_ALPHABET[randomInt(UNAMBIGUOUS_ALPHABET.length)] ?? '';
  const group = () => Array.from({ length: 5 }, character).join('');
  return Array.from({ length: 4 }, group).join('-');
}
