import { randomInt } from 'node:crypto';
import { UNAMBIGUOUS_ALPHABET } from '@conclave/protocol';

/** Digits of a code that is sent. NIST SP 800-63B-4 section 3.1.3.2 asks for at least 6. */
export const SENT_CODE_DIGITS = 8;
const recoveryLetters = 10;

export function makeSentCode(): string {
  return String(randomInt(10 ** SENT_CODE_DIGITS)).padStart(SENT_CODE_DIGITS, '0');
}

/** Two groups of five letters one can tell apart: 49 bits, of which guessing gets a few tries. */
export function makeRecoveryCode(): string {
  const letters = Array.from(
    { length: recoveryLetters },
    () => UNAMBIGUOUS_ALPHABET[randomInt(UNAMBIGUOUS_ALPHABET.length)],
  ).join('');
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}

/** A code as it is compared: without blanks, dashes and capitals, in plain letters and digits. */
export function plainCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[\s\p{Pd}]/gu, '')
    .toLowerCase();
}
