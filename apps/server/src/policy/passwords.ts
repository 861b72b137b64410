import { ConclaveError, LIMITS, type Policy } from '@conclave/protocol';
import { estimateGuesses } from '../security/passwordGuesses.ts';

export type PasswordRules = Pick<Policy, 'passwordLength' | 'passwordComposition'>;

/** Ten billion tries: hopeless online, and years of Argon2id for somebody who stole the database and the pepper. */
const enoughLog10 = 10;
/** What eight characters by chance give. Online a few dozen are tried, and then the second factor is still missing. */
const enoughWithFactorLog10 = 8;
const service = 'conclave';

/**
 * A password is long, is on no list, is not made of what everybody knows about the person, and takes too many
 * guesses. Length counts code points, after NFC. The first rule that is broken gives the reason.
 * @throws ConclaveError password.too_short, too_long, composition, personal, too_common or too_simple, with `field` password.
 */
export function checkPassword(password: string, personal: readonly string[], rules: PasswordRules): void {
  const text = password.normalize('NFC');
  const length = [...text].length;
  if (length < rules.passwordLength) throw refusal('password.too_short');
  if (length > LIMITS.passwordMax) throw refusal('password.too_long');
  if (!isComposed(text, rules.passwordComposition)) throw refusal('password.composition');
  // Whoever guesses writes "ｐａｓｓｗｏｒｄ" and "pâsswörd" as easily: what counts is what is left of it.
  const plain = plainly(text);
  const words = personalWords(personal.map(plainly));
  if (isBuiltFrom(plain, words)) throw refusal('password.personal');
  // Shorter ones are allowed only where everybody has a second factor.
  const enough = rules.passwordLength < LIMITS.passwordMin ? enoughWithFactorLog10 : enoughLog10;
  const guesses = estimateGuesses(plain, words);
  if (guesses.log10 >= enough) return;
  if (guesses.commonShare >= 0.5) throw refusal('password.too_common');
  throw refusal(estimateGuesses(plain).log10 >= enough ? 'password.personal' : 'password.too_simple');
}

/** An organisation's own rule. Letters of scripts without capitals count as both. */
function isComposed(text: string, composition: PasswordRules['passwordComposition']): boolean {
  if (composition === 'any') return true;
  const letters = /\p{L}/u.test(text) && /\p{Nd}/u.test(text);
  if (composition === 'letters-and-digits') return letters;
  const bothCases = /[\p{Ll}\p{Lo}]/u.test(text) && /[\p{Lu}\p{Lt}\p{Lo}]/u.test(text);
  return letters && bothCases && /[^\p{L}\p{M}\p{N}\s]/u.test(text);
}

/** Wide, circled and mathematical letters as plain ones, without marks and without what cannot be seen. */
function plainly(text: string): string {
  return text.normalize('NFKD').replace(/[\p{M}\p{Default_Ignorable_Code_Point}\p{Cc}]/gu, '');
}

function refusal(
  code: `password.${'too_short' | 'too_long' | 'too_common' | 'too_simple' | 'personal' | 'composition'}`,
) {
  return new ConclaveError(code, { field: 'password' });
}

/** Names, the parts of mail addresses, and the service's own name, in lower case, the longest first. */
function personalWords(personal: readonly string[]): string[] {
  const parts = personal.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u));
  const words = new Set([...parts.filter((part) => [...part].length >= 3), service]);
  return [...words].sort((one, other) => other.length - one.length);
}

/** Without the personal words, less than half of it is left. */
function isBuiltFrom(text: string, words: readonly string[]): boolean {
  let rest = text.toLowerCase();
  for (const word of words) rest = rest.replaceAll(word, '');
  return rest.length < text.length / 2;
}
