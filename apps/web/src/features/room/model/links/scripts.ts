/** The alphabets that are told from each other; all others count as one more. */
const scripts: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Georgian', /\p{Script=Georgian}/u],
  ['Hebrew', /\p{Script=Hebrew}/u],
  ['Arabic', /\p{Script=Arabic}/u],
  ['Cherokee', /\p{Script=Cherokee}/u],
  ['Devanagari', /\p{Script=Devanagari}/u],
  ['Thai', /\p{Script=Thai}/u],
  ['Han', /\p{Script=Han}/u],
  ['Hiragana', /\p{Script=Hiragana}/u],
  ['Katakana', /\p{Script=Katakana}/u],
  ['Hangul', /\p{Script=Hangul}/u],
  ['Bopomofo', /\p{Script=Bopomofo}/u],
];
const common = /[\p{Script=Common}\p{Script=Inherited}]/u;
/** What is written together in one word (UTS 39, section 5.1, "highly restrictive"): Latin beside these. */
const together: readonly (readonly string[])[] = [
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Bopomofo'],
  ['Latin', 'Han', 'Hangul'],
];

/** Whether a label has letters of alphabets that no language writes together. */
export function mixesScripts(label: string): boolean {
  const found = scriptsOf(label);
  return found.size > 1 && !together.some((group) => [...found].every((script) => group.includes(script)));
}

/** The alphabets of a label, without digits and dashes, which belong to all. */
function scriptsOf(label: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const character of label) {
    if (common.test(character)) continue;
    found.add(scripts.find(([, pattern]) => pattern.test(character))?.[0] ?? 'other');
  }
  return found;
}
