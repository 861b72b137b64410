import { readsAsLatin } from './confusables.ts';
import { registeredName, SHORTENERS } from './knownHosts.ts';
import { looksLike } from './lookalike.ts';
import { leadsToProgram } from './programs.ts';
import { toUnicodeHost } from './punycode.ts';
import { mixesScripts } from './scripts.ts';

/** Why a link is not opened before somebody has seen where it leads, the gravest first. */
export type LinkDanger =
  | { readonly kind: 'looks-like'; readonly host: string }
  | { readonly kind: 'letters' }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'credentials' }
  | { readonly kind: 'program' }
  | { readonly kind: 'address' }
  | { readonly kind: 'file-name' }
  | { readonly kind: 'nested' }
  | { readonly kind: 'shortened' }
  | { readonly kind: 'port' }
  | { readonly kind: 'unencrypted' };

/** The longest host that is read to its end, and the most labels in front of the registered name. */
const longestHost = 80;
const mostLabels = 5;
/** RFC 1035, section 2.3.4. */
const longestName = 253;
/** What turns text around or is not seen: in a path it is `%E2%80%AE`. Persian and emoji need the joiners alone. */
const hiddenEncoded = /%E2%80(?:%8[BEF]|%A[A-E])|%E2%81(?:%A[0-9A-F])|%EF%BB%BF|%D8%9C/i;
const letters = /^[\p{L}\p{M}\p{N}-]*$/u;

/**
 * What is suspicious about a link; empty for an ordinary one. Nothing is fetched: the address alone is looked at.
 * @param own the origin that this page comes from, whose host others may imitate
 */
export function linkDangers(href: string, own: string): readonly LinkDanger[] {
  const url = URL.parse(href);
  const home = URL.parse(own);
  if (url === null) return [{ kind: 'hidden' }];
  const dangers: LinkDanger[] = [];
  const address = isAddress(url.hostname);
  if (!address) dangers.push(...dangersOfName(url.hostname, home));
  if (hiddenEncoded.test(href)) dangers.push({ kind: 'hidden' });
  if (url.username !== '' || url.password !== '') dangers.push({ kind: 'credentials' });
  if (leadsToProgram(url)) dangers.push({ kind: 'program' });
  // This service may be at an address or a port of its own.
  if (url.origin === home?.origin) return dangers;
  if (address && url.hostname !== home?.hostname) dangers.push({ kind: 'address' });
  if (url.port !== '') dangers.push({ kind: 'port' });
  if (url.protocol !== 'https:') dangers.push({ kind: 'unencrypted' });
  return dangers;
}

function dangersOfName(hostname: string, home: URL | null): readonly LinkDanger[] {
  // No resolver knows one: whoever sends it means to keep this page busy.
  if (hostname.length > longestName) return [{ kind: 'nested' }];
  const dangers: LinkDanger[] = [];
  const host = toUnicodeHost(hostname).replace(/\.$/, '');
  const labels = host.split('.');
  const own =
    home === null || isAddress(home.hostname) || !home.hostname.includes('.') ? [] : [home.hostname];
  const alike = looksLike(host, own);
  if (alike !== null) dangers.push({ kind: 'looks-like', host: alike });
  if (hasStrangeLetters(labels)) dangers.push({ kind: 'letters' });
  if (/\.(?:zip|mov)$/.test(host)) dangers.push({ kind: 'file-name' });
  const registered = registeredName(host);
  const deep = labels.length - registered.split('.').length > mostLabels;
  if (deep || hostname.length > longestHost) dangers.push({ kind: 'nested' });
  if (SHORTENERS.has(host.replace(/^www\./, '')) || SHORTENERS.has(registered))
    dangers.push({ kind: 'shortened' });
  return dangers;
}

/**
 * Letters of several alphabets in one label, a label of another alphabet that reads as a Latin word under a Latin
 * ending, signs that are no letters, or Punycode that stands for nothing.
 */
function hasStrangeLetters(labels: readonly string[]): boolean {
  const top = labels.at(-1) ?? '';
  const latinEnding = /^[a-z]+$/.test(top);
  return labels.some((label) => {
    if (/^[a-z\d_-]*$/i.test(label)) return label.startsWith('xn--');
    if (!letters.test(label) || mixesScripts(label)) return true;
    return latinEnding && !/\p{Script=Latin}/u.test(label) && readsAsLatin(label);
  });
}

/** All notations of IPv4 are four decimal numbers once parsed (WHATWG URL, section 3.5); IPv6 is in brackets. */
function isAddress(hostname: string): boolean {
  return hostname.startsWith('[') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(hostname);
}
