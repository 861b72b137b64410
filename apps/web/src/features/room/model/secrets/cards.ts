/** How the digits of cards are grouped. */
const shapes = /^(?:4-4-4-4(?:-[1-3])?|4-6-5|4-6-4|4-3-3-3|4-4-4-1|8-8)$/;

/** Whether there is a number of a payment card: a known issuer, the right length, and the check digit of Luhn. */
export function hasCardNumber(text: string): boolean {
  for (const groups of runs(text)) {
    for (let first = 0; first < groups.length; first++) {
      // Alone and ungrouped, 13 digits are the number of an article; cards of 13 are no longer issued.
      const alone = groups[first] ?? '';
      if (alone.length > 13 && isCardNumber(alone)) return true;
      for (let count = 2; count <= 5 && first + count <= groups.length; count++) {
        const some = groups.slice(first, first + count);
        if (shapes.test(some.map(({ length }) => length).join('-')) && isCardNumber(some.join('')))
          return true;
      }
    }
  }
  return false;
}

/** Digits with one blank or dash between groups; none that are part of a word or follow a plus sign. */
function* runs(text: string): Generator<readonly string[]> {
  let at = 0;
  while (at < text.length) {
    if (!isDigit(text, at)) {
      at++;
      continue;
    }
    const start = at;
    const groups: string[] = [];
    for (;;) {
      let end = at;
      while (isDigit(text, end)) end++;
      // Longer ones belong to no card; they are skipped whole.
      groups.push(end - at > 19 ? '' : text.slice(at, end));
      at = end;
      if (!/[ \u00a0\u2009\-–.]/.test(text[at] ?? '') || !isDigit(text, at + 1)) break;
      at++;
    }
    if (/[\p{L}_]/u.test(text[at] ?? '')) groups[groups.length - 1] = '';
    const before = text[start - 1] ?? '';
    // An international phone number, or an account number with its country: no group of it is a card.
    if (before === '+' || (/\p{L}/u.test(before) && groups[0]?.length === 2)) continue;
    if (/[\p{L}_]/u.test(before)) groups[0] = '';
    yield groups;
  }
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}

export function isCardNumber(digits: string): boolean {
  return hasIssuer(digits) && passesLuhn(digits) && !/^(\d)\1+$/.test(digits);
}

/** ISO/IEC 7812: the first digits name the network, which has lengths of its own. */
function hasIssuer(digits: string): boolean {
  const { length } = digits;
  const [two, three, four, six] = [2, 3, 4, 6].map((count) => Number(digits.slice(0, count)));
  if (two === undefined || three === undefined || four === undefined || six === undefined) return false;
  if (digits.startsWith('4')) return length === 13 || length === 16 || length === 19;
  if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) return length === 16;
  if (two === 34 || two === 37) return length === 15;
  if ((three >= 300 && three <= 305) || two === 36 || two === 38 || two === 39) return length === 14;
  if (four >= 3528 && four <= 3589) return length >= 16;
  if (four === 6011 || two === 65 || (three >= 644 && three <= 649)) return length >= 16;
  if (six >= 622126 && six <= 622925) return length >= 16;
  if (two === 62) return length >= 16;
  if (four >= 2200 && four <= 2204) return length >= 16;
  return maestro.has(four) && length >= 13;
}

const maestro: ReadonlySet<number> = new Set([5018, 5020, 5038, 5893, 6304, 6759, 6761, 6762, 6763]);

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = digit * 2;
    sum += index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
