import { type Bytes, concat } from '../bytes.ts';

const ESCAPE = Uint8Array.of(3);

/**
 * Puts a 3 wherever two zeros would be followed by 0 to 3, so that no start code appears (ITU-T H.264, section 7.4.1).
 * What is in front must not end in a zero and what is behind must be above 3. Not a copy when there is nothing to do.
 */
export function escapeRbsp(data: Bytes): Bytes {
  const parts: Bytes[] = [];
  let from = 0;
  for (let at = nextZeros(data, 0); at >= 0; at = nextZeros(data, at)) {
    at += 2;
    if (at === data.length) break;
    if ((data[at] ?? 0) <= 3) {
      parts.push(data.subarray(from, at), ESCAPE);
      from = at;
    }
  }
  return parts.length === 0 ? data : concat(...parts, data.subarray(from));
}

/** The data that `escapeRbsp` was given; null for what it would not have made. Not a copy when there is nothing to do. */
export function unescapeRbsp(escaped: Bytes): Bytes | null {
  const parts: Bytes[] = [];
  let from = 0;
  for (let at = nextZeros(escaped, 0); at >= 0; at = nextZeros(escaped, at)) {
    at += 2;
    const next = escaped[at];
    if (next === undefined || next > 3) continue;
    if (next !== 3 || (escaped[at + 1] ?? 0xff) > 3) return null;
    parts.push(escaped.subarray(from, at));
    at += 1;
    from = at;
  }
  return parts.length === 0 ? escaped : concat(...parts, escaped.subarray(from));
}

/** Where the next two zeros are, from `from` on; −1 when there are none. */
function nextZeros(bytes: Bytes, from: number): number {
  let at = bytes.indexOf(0, from);
  while (at >= 0 && bytes[at + 1] !== 0) at = bytes.indexOf(0, at + 1);
  return at;
}
