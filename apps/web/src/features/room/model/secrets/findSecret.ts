import { hasCardNumber } from './cards.ts';
import { hasIban } from './iban.ts';
import { hasPrivateKey } from './keys.ts';
import { hasMeetingLink, hasPasscode } from './meetingLinks.ts';
import { looksLikePassword } from './password.ts';
import { hasPasswordPhrase } from './passwordPhrase.ts';
import { isSeedPhrase } from './seedPhrase.ts';
import { hasToken } from './tokens.ts';

/** What a text may hold that was not meant for everybody, the gravest first. */
export type SecretKind =
  | 'private-key'
  | 'seed-phrase'
  | 'card'
  | 'iban'
  | 'token'
  | 'one-time'
  | 'meeting'
  | 'password';

/** Longer ones are no message; what is beyond the end is not looked at, so nothing that is pasted keeps a page busy. */
const longest = 100_000;
/** Seeds of one-time codes, as QR codes hold them. */
const oneTime = /otpauth(?:-migration)?:\/\//i;
const credentials = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,80}:[^\s/@]{3,80}@/i;

/**
 * What secret a text seems to hold; null for ordinary ones. Nothing of it is kept, and nothing is sent anywhere.
 * @param passcode of the meeting, when this browser knows it
 */
export function findSecret(text: string, passcode: string | null): SecretKind | null {
  const some = text.slice(0, longest);
  if (hasPrivateKey(some)) return 'private-key';
  if (isSeedPhrase(some)) return 'seed-phrase';
  if (hasIban(some)) return 'iban';
  if (hasCardNumber(some)) return 'card';
  if (hasToken(some)) return 'token';
  if (oneTime.test(some)) return 'one-time';
  if (hasMeetingLink(some) || hasPasscode(some, passcode)) return 'meeting';
  if (credentials.test(some) || hasPasswordPhrase(some) || hasPasswordAlone(some)) return 'password';
  return null;
}

/** What is certain enough to ask about before something typed is sent. */
export function findCertainSecret(text: string): SecretKind | null {
  const some = text.slice(0, longest);
  if (hasPrivateKey(some)) return 'private-key';
  return hasCardNumber(some) ? 'card' : null;
}

/** A password by itself, or below or beside the name that belongs to it, as managers copy them. */
function hasPasswordAlone(text: string): boolean {
  if (text.length > 300) return false;
  const words = text.trim().split(/[\s]+/);
  return words.length <= 2 && words.some(looksLikePassword);
}
