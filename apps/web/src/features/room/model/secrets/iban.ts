/** Lengths by country (ISO 13616, SWIFT's registry), as `code length`. */
const lengths: ReadonlyMap<string, number> = new Map(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29
  ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28
  LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29
  RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30`
    .split(/\s+/)
    .map((one) => [one.slice(0, 2), Number(one.slice(2))]),
);
/** Country and check digits, where a word begins. */
const start = /(?<![\p{L}\d])[A-Za-z]{2}\d{2}(?=[ \u00a0-]?[A-Za-z\d])/gu;
/** The longest, with a blank between groups of four. */
const most = 34 + 10;

/** Whether there is an account number whose country, length and check digits are right. */
export function hasIban(text: string): boolean {
  for (const { index } of text.matchAll(start)) {
    const slice = text.slice(index, index + most);
    const length = lengths.get(slice.slice(0, 2).toUpperCase());
    if (length === undefined) continue;
    const iban = take(slice, length);
    if (iban !== null && leavesOne(iban)) return true;
  }
  return false;
}

/** So many letters and digits with single blanks or dashes between; null when there are fewer, or the word goes on. */
function take(slice: string, length: number): string | null {
  let iban = '';
  let at = 0;
  for (; at < slice.length && iban.length < length; at++) {
    const character = slice[at] ?? '';
    if (/[A-Za-z\d]/.test(character)) iban += character.toUpperCase();
    else if (!/[ \u00a0-]/.test(character) || /[ \u00a0-]/.test(slice[at - 1] ?? '')) return null;
  }
  return iban.length === length && !/[A-Za-z\d]/.test(slice[at] ?? '') ? iban : null;
}

/** ISO 7064, mod 97-10: letters count from 10, the first four characters come last. */
function leavesOne(iban: string): boolean {
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4))
    for (const digit of String(Number.parseInt(character, 36))) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}
