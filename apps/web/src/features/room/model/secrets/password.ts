const shortest = 8;
const longest = 64;
/** What passwords have and names of things have not. */
const strong = /[!$%^&*?~=|<>{}()[\];§€£"'`]/;
/** Letters in a row, with a capital in front; digits in a row: what a name of something is made of. */
const chunks = /\p{Lu}?\p{Ll}+|\p{Lu}+|\p{N}+/gu;
/** So many characters a piece of a random word has at most, on the average. */
const mostPerChunk = 2.2;

/** What is written in one word and is no password, each by the form that it has. */
const harmless: readonly RegExp[] = [
  // Addresses: of pages, of people, of files, of rooms.
  /:\/\//,
  /^(?:www\.|mailto:|tel:|magnet:|urn:|data:|geo:)/i,
  /^[^@\s]+@[\w-]+(?:\.[\w-]+)+[.,;]?$/,
  /^[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.[a-z]{2,24}(?::\d{1,5})?(?:[/?#]\S*)?$/iu,
  /^(?:\.{0,2}|~|[a-z]:)[/\\]/i,
  /^@[\w.-]+(?:[/:@][\w.-]+)*$/,
  // Files, branches, packages, images: names with dots and slashes.
  /^[^!$%^&*?<>|=]*\.[a-z][a-z0-9]{0,4}(?::\d+){0,2}$/i,
  /^[\w.-]+(?:\/[\w.#@:-]+)+$/,
  /^[\w./-]+[@:]v?\^?\d[\w.-]*$/,
  // Versions, numbers, dates, times, amounts, phone numbers, coordinates.
  /^[v~^>=<]{0,3}\d+(?:\.\d+)+(?:[-+.][\w.+-]+)*$/i,
  /^[+\-$€£¥#]?[\d.,:/()\-–+%°x×*]+(?:[a-z€$£¥%°]{1,4})?[.!?]*$/i,
  /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?$/,
  // Hashes and ids.
  /^(?:0x|sha\d{1,3}[:-]|md5[:-])?[a-f0-9]+$/i,
  /^\{?[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}\}?$/i,
  /^sha\d{3}-[A-Za-z0-9+/]+=*$/,
  /^#[\p{L}\d_-]+$/u,
  // Numbers of orders, tickets, articles: capitals, digits, dashes.
  /^[#(]?[A-Z0-9]+(?:[-_/.:#][A-Z0-9]+)*[).:,!?]?$/,
  /^[A-Za-z]{1,12}[-#_ ]?\d{1,12}[a-z]?[.,:;?)]*$/,
  // Calls, indexes, comparisons and assignments in code; tags; templates.
  /^[\w$.?!-]+\(.*\)?[;,)}\]]*$/,
  /^[\w$.:#-]*[[{<].*[\]}>][;,)]*$/,
  /(?:=>|->|::|=["'{`]|\w\(f?["'`]|\$[A-Z_]{2,}[/:]|===?|!==?|&&|\|\||\$\{|\+=|<\/|\/>|\[\d*\]|\(\)|\{\{|\{\}|;$)/,
  /^-{1,2}[\w.-]+(?:=\S*)?$/,
  /^[$%{]\{?[A-Za-z_][\w.]*\}?%?$/,
  /^[A-Za-z_][\w.-]*=[\w./:-]*$/,
  // Two names with a sign between them: AT&T, R&D/QA, Q1=Q2, either|or.
  /^\p{L}{1,8}[&|]\p{L}{1,12}(?:\/\p{L}{1,12})*$/u,
  /^[€$£¥]?\d+(?:[.,]\d+)?[€$£¥%]?\/\p{L}+$/u,
  /\p{L}[*:]inne?n?/u,
  // The prompt of a shell.
  /^[\w-]+@[\w-]+:\S*[#$]$/,
  // Joy, a version, a formula, a pattern.
  /^\p{L}+[!?]+1*$/u,
  /^[\p{L}-]+\d+(?:\.\d+)+$/u,
  /^[a-z]\^\d/i,
  /\\[dwsb]|\[\^?[a-z0-9]-[a-z0-9]|\(\?/i,
];

/**
 * Whether a text is one word that looks like a password: 8 to 64 characters, of several kinds, that no name, number,
 * address, file or piece of code is written with. A guess: it is asked about, never refused.
 */
export function looksLikePassword(text: string): boolean {
  const word = text.trim();
  if (word.length < shortest || word.length > longest || /\s/.test(word)) return false;
  if (harmless.some((shape) => shape.test(word))) return false;
  const [lower, upper, digit] = [/\p{Ll}/u.test(word), /\p{Lu}/u.test(word), /\p{Nd}/u.test(word)];
  // Languages without capitals write no passwords that could be told from words.
  if (!/[a-z]/i.test(word)) return false;
  const kinds = Number(lower) + Number(upper) + Number(digit);
  const inner = word.replace(/[.,;:!?…)"'”»]+$/u, '').replace(/^[("'„“«]+/u, '');
  if (strong.test(inner)) return kinds >= 2 && (digit || scattered(inner));
  // An exclamation mark at the end is where people put the sign that is asked for.
  if (kinds === 3 ? /(?:\d|^.{13,})[!$]{1,3}$/.test(word) : /^[a-z]+\d{3,}[!$]{1,3}$/i.test(word))
    return true;
  if (kinds > 1 && digit && /^\p{L}{4,}[@#+]\d{3,}$|\p{L}@\p{L}+\d/u.test(inner)) return true;
  const pieces = inner.match(chunks) ?? [];
  const letters = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const perChunk = letters / Math.max(pieces.length, 1);
  const small = inner.match(/\p{Ll}/gu)?.length ?? 0;
  if (kinds === 3) return perChunk <= mostPerChunk && small >= 3;
  // Small letters and digits alone: only where they change all the time.
  return kinds === 2 && digit && lower && inner.length >= 10 && perChunk <= 1.7;
}

/** Several signs among the letters, in place of one between two words; those of exclamations count for nothing. */
function scattered(word: string): boolean {
  const signs = word.match(/[^\p{L}\p{N}\s?!.,]/gu) ?? [];
  return signs.length >= 2 && new Set(signs).size >= 2 && /\p{L}/u.test(word);
}
