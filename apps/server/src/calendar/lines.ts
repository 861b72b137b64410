/** Content lines of iCalendar (RFC 5545 section 3.1). */

const longest = 75;
const encoder = new TextEncoder();

/** What would end a line, or is not allowed in one: all controls but the tab, and Unicode's own line ends. */
const breaks = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** A TEXT value (section 3.3.11); lines are kept apart by `\n`. */
export function text(value: string): string {
  return value
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(breaks, ' ').replace(/[\\;,]/g, '\\$&'))
    .join('\\n');
}

/** A parameter's value, always quoted (section 3.2), with what cannot stand in quotes as RFC 6868 has it. */
export function parameter(value: string): string {
  return `"${value.replace(breaks, ' ').replaceAll('^', '^^').replaceAll('"', "^'")}"`;
}

/** A calendar user's address, `mailto:` (section 3.3.3, RFC 6068): nothing in it can end the value. */
export function mailto(address: string): string {
  const at = address.lastIndexOf('@');
  const encode = (part: string) => encodeURIComponent(part);
  return `mailto:${encode(address.slice(0, at))}@${encode(address.slice(at + 1))}`;
}

/** Cut after at most 75 octets, never inside a character; each further piece begins with a space. */
export function fold(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > longest) {
      pieces.push(piece);
      piece = ' ';
      octets = 1;
    }
    piece += character;
    octets += size;
  }
  pieces.push(piece);
  return pieces.join('\r\n');
}

/** An object of these lines. */
export function object(lines: readonly string[]): string {
  return `${lines.map(fold).join('\r\n')}\r\n`;
}

/** `20261130T090000` of a clock's reading in ms, `20261130T080000Z` of an instant. */
export function dateTime(ms: number, kind: 'local' | 'utc'): string {
  const digits = new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, '');
  return kind === 'utc' ? `${digits}Z` : digits;
}
