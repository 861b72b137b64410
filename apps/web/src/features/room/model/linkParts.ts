/** A piece of a message: words, or a link in the form in which the browser will open it. */
export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'link';
      readonly href: string;
      /** `https://`, the host as it really is (names in other scripts in Punycode), and the rest. */
      readonly scheme: string;
      readonly host: string;
      readonly rest: string;
    };

/** No blanks, quotes and brackets, and nothing that turns the order of characters around (Unicode's bidi controls). */
const candidate = /https?:\/\/[^\s<>"'`\\\p{Bidi_Control}]+/giu;
/** What follows a link in a sentence is none of it. */
const trailing = /[.,;:!?…)\]}]+$/u;
const most = 50;

/** Finds the links of a text. One with a name or password before its host is none: it is made to mislead. */
export function linkParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  let links = 0;
  for (const { 0: found, index } of text.matchAll(candidate)) {
    const typed = withoutTail(found);
    const url = URL.parse(typed);
    if (url === null || url.username !== '' || url.password !== '' || !/^https?:$/.test(url.protocol))
      continue;
    if (++links > most) break;
    if (index > end) parts.push({ kind: 'text', text: text.slice(end, index) });
    const { href, protocol, host, pathname, search, hash } = url;
    const rest = `${pathname}${search}${hash}`;
    parts.push({ kind: 'link', href, scheme: `${protocol}//`, host, rest: rest === '/' ? '' : rest });
    end = index + typed.length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

/** A closing bracket belongs to a link that has its opening one. */
function withoutTail(found: string): string {
  const tail = trailing.exec(found)?.[0] ?? '';
  if (tail.startsWith(')') && found.includes('(')) return `${found.slice(0, found.length - tail.length)})`;
  return found.slice(0, found.length - tail.length);
}
