import * as z from 'zod/mini';
import { OFFER_LIMITS } from '../control/media.ts';
import { must, OfferError } from './OfferError.ts';
import { parse } from './transform.ts';

/** sdp-transform turns whatever looks like a number into one, a token such as `mid` or `ice-ufrag` too. */
const text = z.pipe(
  z.union([z.string(), z.number()]),
  z.transform((value: string | number) => String(value)),
);
const number = z.int().check(z.minimum(0), z.maximum(0xffff_ffff));
const few = <T extends z.core.$ZodType>(item: T, most = 64) =>
  z._default(z.array(item).check(z.maxLength(most)), []);

const Transport = {
  extmapAllowMixed: z.optional(text),
  iceUfrag: z.optional(text),
  icePwd: z.optional(text),
  setup: z.optional(text),
  fingerprint: z.optional(z.object({ type: text, hash: text })),
};

const Media = z.object({
  ...Transport,
  type: text,
  port: number,
  protocol: text,
  payloads: text,
  mid: z.optional(text),
  direction: z.optional(z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive'])),
  rtcpMux: z.optional(text),
  bundleOnly: z.optional(text),
  rtp: few(z.object({ payload: number, codec: text, rate: z.optional(number), encoding: z.optional(text) })),
  fmtp: few(z.object({ payload: number, config: text })),
  rtcpFb: few(z.object({ payload: text, type: text, subtype: z.optional(text) }), 256),
  ext: few(z.object({ value: number, direction: z.optional(text), uri: text })),
  rids: few(z.object({ id: text, direction: text }), 8),
  simulcast: z.optional(z.object({ dir1: text, list1: text })),
});
export type OfferedMedia = z.infer<typeof Media>;

const ParsedOffer = z.object({
  ...Transport,
  groups: few(z.object({ type: text, mids: text }), 4),
  media: z.array(Media).check(z.minLength(1), z.maxLength(OFFER_LIMITS.lines)),
});
export type ParsedOffer = z.infer<typeof ParsedOffer>;

/** Lines of those kinds in the largest offer of a browser, four times over. */
const MAX_LINES = 4_000;
/**
 * What is read of an offer. The parser tries some sixty regular expressions on a line that it does not know, so nine
 * thousand lines of nothing would hold up all media of the process for a second.
 */
const SECTIONS = new Set(['v', 'o', 's', 't', 'm']);
const ATTRIBUTES = new Set([
  ...['group', 'mid', 'ice-ufrag', 'ice-pwd', 'setup', 'fingerprint', 'rtcp-mux', 'bundle-only'],
  ...['sendrecv', 'sendonly', 'recvonly', 'inactive', 'rid', 'simulcast'],
  ...['rtpmap', 'fmtp', 'rtcp-fb', 'extmap', 'extmap-allow-mixed'],
]);

function isRead(line: string): boolean {
  if (!line.startsWith('a=')) return line[1] === '=' && SECTIONS.has(line[0] ?? '');
  const colon = line.indexOf(':');
  return ATTRIBUTES.has(line.slice(2, colon < 0 ? line.length : colon));
}

/** The offer's text as typed values. Everything is bounded before any regular expression sees it. Throws OfferError. */
export function parseOffer(sdp: string): ParsedOffer {
  must(sdp.length <= OFFER_LIMITS.characters, 'the offer is too long');
  const lines = sdp.split(/\r\n|\n/);
  must(lines[0] === 'v=0', 'the offer is not SDP version 0');
  must(
    lines.every((line) => line.length <= OFFER_LIMITS.lineCharacters && !line.includes('\r')),
    'the offer has an overlong line',
  );
  must(
    lines.filter((line) => line.startsWith('m=')).length <= OFFER_LIMITS.lines,
    'the offer has too many media lines',
  );
  const read = lines.filter(isRead);
  must(read.length <= MAX_LINES, 'the offer has too many lines');
  try {
    return ParsedOffer.parse(parse(`${read.join('\r\n')}\r\n`));
  } catch {
    throw new OfferError('the offer cannot be read');
  }
}
