/** A piece of a message: words, or a link in the form in which the browser will open it. */
export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'link';
      readonly href: string;
      /** `https://`, the host as it really is (names in other scripts in Punycode), and the rest. */
      readonly scheme: string;
      /** A name and password before the host, with the `@`; almost always made to mislead. Empty in ordinary links. */
      readonly credentials: string;
      readonly host: string;
      readonly rest: string;
      /** There are characters in it or next to it that cannot be seen, or that turn the order of others around. */
      readonly hidden: boolean;
    };

/** No blanks, quotes and brackets, and nothing that turns the order of characters around (Unicode's bidi controls). */
const candidate = /https?:\/\/[^\s<>"'`\\\p{Bidi_Control}]+/giu;
/** What follows a link in a sentence is none of it. */
const trailing = new Set('.,;:!?…)]}');
/** Unseen inside an address; Persian and emoji need the joiners (Join_Control) and the selector of emoji. */
const unseen = /(?!\p{Join_Control}|\ufe0f)[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
/** Beside an address: what turns text around, without the marks that are in every text from right to left. */
const turning = /[\u202a-\u202e\u2066-\u2069]/;
const most = 50;

/** Finds the links of a text: addresses of the web, and nothing else. What is suspicious of them: `linkDangers`. */
export function linkParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  let links = 0;
  for (const { 0: found, index } of text.matchAll(candidate)) {
    const typed = withoutTail(found);
    const url = URL.parse(typed);
    if (url === null || !/^https?:$/.test(url.protocol)) continue;
    if (++links > most) break;
    if (index > end) parts.push({ kind: 'text', text: text.slice(end, index) });
    const { href, protocol, host } = url;
    const scheme = `${protocol}//`;
    const credentials = credentialsOf(url);
    const rest = href.slice(`${scheme}${credentials}${host}`.length);
    end = index + typed.length;
    const around = `${text[index - 1] ?? ''}${text[end] ?? ''}`;
    parts.push({
      kind: 'link',
      href,
      scheme,
      credentials,
      host,
      rest: rest === '/' ? '' : rest,
      hidden: unseen.test(typed) || turning.test(around),
    });
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

function credentialsOf({ username, password }: URL): string {
  if (username === '' && password === '') return '';
  return `${username}${password === '' ? '' : `:${password}`}@`;
}

/** A closing bracket belongs to a link that has its opening one. */
function withoutTail(found: string): string {
  let end = found.length;
  while (end > 0 && trailing.has(found[end - 1] ?? '')) end--;
  return found[end] === ')' && found.includes('(') ? `${found.slice(0, end)})` : found.slice(0, end);
}
