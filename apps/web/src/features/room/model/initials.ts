/** One or two letters for somebody without a picture, whole characters of any script; an emoji stands alone. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const first = firstCharacter(words[0] ?? '');
  const last = words.length > 1 ? firstCharacter(words.at(-1) ?? '') : '';
  const letters = isEmoji(first) || isEmoji(last) ? first : first + last;
  return letters.toLocaleUpperCase();
}

function isEmoji(character: string): boolean {
  return /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(character);
}

function firstCharacter(word: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(word);
  return first?.segment ?? '';
}

/** One of `count` hues, the same for the same participant on every screen. */
export function hueOf(id: string, count: number): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return sum % count;
}
