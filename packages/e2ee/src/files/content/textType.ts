import type { FileTypeName } from './fileTypes.ts';

/** How much of the start is looked at, bytes. */
const reach = 4_096;
/** What a text does not contain (WHATWG MIME Sniffing, "binary data byte"). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const binary = /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f]/;
/** How a browser tells a web page (WHATWG MIME Sniffing, section 7.1), with a few more that are none the better. */
const webPage =
  /^\s*<(?:!doctype\s+html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|object|embed|form|meta|link|base|!--)(?=[\s>/-])/i;
const drawing = /<(?:\w+:)?svg(?=[\s>/])/i;
const styled = /<\?xml-stylesheet|http:\/\/www\.w3\.org\/1999\/(?:xhtml|XSL)/i;

/** Whether it is a text, and which; null when it is none. @param head the first bytes of the file */
export function typeOfText(head: Uint8Array): FileTypeName | null {
  const text = decode(head.subarray(0, reach));
  if (text === null || text === '' || binary.test(text)) return null;
  if (webPage.test(text)) return 'webPage';
  if (/^\s*</.test(text) && drawing.test(text)) return 'drawing';
  if (/^\s*<\?xml/i.test(text) && styled.test(text)) return 'webPage';
  return 'text';
}

/** UTF-8, or UTF-16 where a byte order mark says so; without the mark. */
function decode(bytes: Uint8Array): string | null {
  try {
    // The end may be in the middle of a character, so it is not an error here.
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
