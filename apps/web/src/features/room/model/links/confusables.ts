/**
 * Characters that look like Latin letters in most fonts: the part of Unicode's table (UTS 39, confusables.txt) that
 * is allowed in names of hosts. Each line: the Latin letter, then what looks like it.
 */
const alike: readonly (readonly [latin: string, others: string])[] = [
  ['a', 'аɑα⍺ạąȧ'],
  ['b', 'Ььƅɓ'],
  ['c', 'сϲᴄⅽċ'],
  ['d', 'ԁɗժ'],
  ['e', 'еҽєėęɘ'],
  ['f', 'ſƒքẝ'],
  ['g', 'ɡցġԍ'],
  ['h', 'һհ'],
  ['i', 'іɩιıӏՙίїí'],
  ['j', 'јϳյ'],
  ['k', 'кκĸҡқ'],
  ['l', 'ⅼӀاןļł'],
  ['m', 'мṃ'],
  ['n', 'пոռŋńη'],
  ['o', 'оοօσഠ൦๐໐ဝ〇৹ọơөº'],
  ['p', 'рρքṗƿϱ'],
  ['q', 'ԛգզ'],
  ['r', 'гᴦɼŗ'],
  ['s', 'ѕʂśșꜱ'],
  ['t', 'тτţƚ'],
  ['u', 'υսцʋựᴜ'],
  ['v', 'ѵνᴠט'],
  ['w', 'ѡԝաωшɯᴡ'],
  ['x', 'хχ×ҳ'],
  ['y', 'уγүʏყỵ'],
  ['z', 'ᴢʐżź'],
];
/** Digits that stand for letters. */
const digits: readonly (readonly [latin: string, others: string])[] = [
  ['o', '0'],
  ['l', '1i'],
  ['e', '3'],
  ['a', '4'],
  ['s', '5'],
];
const single = new Map(
  [...alike, ...digits].flatMap(([latin, others]) => [...others].map((one) => [one, latin])),
);
const foreign = new Map(alike.flatMap(([latin, others]) => [...others].map((one) => [one, latin])));
const pairs = /rn|vv|cl/g;
const pairOf: Readonly<Record<string, string>> = { rn: 'm', vv: 'w', cl: 'd' };

/**
 * What a name looks like: two names with one skeleton are taken for each other (UTS 39, section 4). Accents, letters
 * of other alphabets, digits for letters, and `rn` for `m` are all undone.
 */
export function skeleton(name: string): string {
  const plain = /^[a-z\d.-]*$/.test(name) ? name : withoutMarks(name);
  return [...plain]
    .map((character) => single.get(character) ?? character)
    .join('')
    .replace(pairs, (pair) => pairOf[pair] ?? pair);
}

/** Whether a name of another alphabet reads as a Latin word from its first letter to its last. */
export function readsAsLatin(label: string): boolean {
  return [...label.normalize('NFKC').toLowerCase()].every(
    (character) => /[a-z\d-]/.test(character) || foreign.has(character),
  );
}

/** Compatibility forms (full width) and what sits on letters are dropped, after the letters that are listed as a whole. */
function withoutMarks(name: string): string {
  const composed = [...name.normalize('NFKC').toLowerCase()].map((one) => foreign.get(one) ?? one).join('');
  return composed.normalize('NFKD').replaceAll(/\p{M}/gu, '');
}
