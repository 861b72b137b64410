import { skeleton } from './confusables.ts';
import { HARMLESS_HOSTS, ORDINARY_WORDS, registeredName, WELL_KNOWN_HOSTS } from './knownHosts.ts';

/** The shortest name that is compared with a slip of one letter: shorter ones are words that are near to others. */
const shortestForSlips = 6;
/** What is put beside a known name to look like a part of it. */
const lures: ReadonlySet<string> = new Set(
  `account accounts auth authentication billing bank banking card claim confirm customer delivery gift help helpdesk
  id identity invoice invoices livechat login logon mail notification office online pay payment payments prize
  recover recovery refund reset safe secure secured security service services sign signin signon sso store support
  team unlock update updates user verification verify wallet web webmail anmeldung konto sicherheit kundenservice
  compte securite cuenta seguridad`.split(/\s+/),
);
/** Endings that make a label before them look like the end of a host. Those of countries are words, too: `jira.it`. */
const endings: ReadonlySet<string> = new Set(['com', 'net', 'org']);

interface Known {
  readonly host: string;
  /** The label that people know: `paypal`. */
  readonly name: string;
  readonly shape: string;
  /** `paypal-com`, as a label in somebody else's name. */
  readonly dashed: string;
  readonly dashedShape: string;
}
const wellKnown: readonly Known[] = WELL_KNOWN_HOSTS.map(toKnown);

/** A host taken apart once, for all known names that it is compared with. */
interface Subject {
  readonly host: string;
  readonly registered: string;
  /** The first label of what is registered, what it looks like, and the words with dashes between that it consists of. */
  readonly label: string;
  readonly shape: string;
  readonly words: readonly string[];
  readonly wordShapes: readonly string[];
  /** The labels in front of what is registered. */
  readonly before: readonly string[];
  readonly beforeShapes: readonly string[];
}

/**
 * Whether a host is made to be taken for another one, which is returned: by letters that look alike, a slip of one
 * letter, a known name in front of a stranger's, or a known name with a lure beside it.
 * @param host without Punycode @param own hosts of this service, which are imitated too
 */
export function looksLike(host: string, own: readonly string[]): string | null {
  const known = [...own.map(toKnown), ...wellKnown];
  if (known.some((one) => isWithin(host, one.host))) return null;
  const registered = registeredName(host);
  if (HARMLESS_HOSTS.has(registered) || HARMLESS_HOSTS.has(host)) return null;
  const subject = takeApart(host, registered);
  const found =
    known.find((one) => isDisguised(subject, one)) ??
    known.find((one) => isSlip(subject, one)) ??
    known.find((one) => hasLure(subject, one)) ??
    known.find((one) => isNested(subject, one));
  return found?.host ?? ownTwin(host, own);
}

function toKnown(host: string): Known {
  const registered = registeredName(host);
  const name = firstLabel(registered);
  const dashed = registered.replaceAll('.', '-');
  return { host: registered, name, shape: skeleton(name), dashed, dashedShape: skeleton(dashed) };
}

function takeApart(host: string, registered: string): Subject {
  const label = firstLabel(registered);
  const words = label.split('-');
  const before = host
    .slice(0, -registered.length)
    .split('.')
    .filter((one) => one !== '');
  return {
    host,
    registered,
    label,
    shape: skeleton(label),
    words,
    wordShapes: words.map(skeleton),
    before,
    beforeShapes: before.map(skeleton),
  };
}

function firstLabel(host: string): string {
  return host.split('.')[0] ?? host;
}

function isWithin(host: string, known: string): boolean {
  return host === known || host.endsWith(`.${known}`);
}

/** Other characters that look the same. Names of three letters are too many to be told apart. */
function isDisguised({ label, shape }: Subject, { name, shape: known }: Known): boolean {
  return name.length > 3 && label !== name && shape === known;
}

/** One letter added, dropped, changed, or two swapped: in a name that is long enough, and not its plural. */
function isSlip({ label, shape }: Subject, { name, shape: known }: Known): boolean {
  if (name.length < shortestForSlips || label === name || label === `${name}s` || ORDINARY_WORDS.has(label))
    return false;
  return isOneEdit(label, name) || isOneEdit(shape, known);
}

/** `paypal-login`, `secure-paypal`, `loginpaypal`. */
function hasLure({ label, words, wordShapes }: Subject, { name, shape }: Known): boolean {
  if (name.length < 4 || ORDINARY_WORDS.has(name)) return false;
  if (words.length > 1) return wordShapes.includes(shape) && words.some((word) => lures.has(word));
  if (name.length < 5) return false;
  return (
    (label.startsWith(name) && lures.has(label.slice(name.length))) ||
    (label.endsWith(name) && lures.has(label.slice(0, -name.length)))
  );
}

/** `paypal.com.evil.example`, `paypal-com.evil.example`, `www.paypal.com-login.example`. */
function isNested({ host, registered, before, beforeShapes }: Subject, known: Known): boolean {
  if (beforeShapes.includes(known.dashedShape)) return true;
  if (`.${host}`.includes(`.${known.host}-`) || `-${registered}`.includes(`-${known.dashed}-`)) return true;
  return before.some((_, index) => {
    const next = before[index + 1];
    return (
      known.name.length > 3 && next !== undefined && endings.has(next) && beforeShapes[index] === known.shape
    );
  });
}

/** This service's own host with a dash for a dot, another ending, or one letter off. */
function ownTwin(host: string, own: readonly string[]): string | null {
  const bare = host.replaceAll(/[.-]/g, '');
  return (
    own.find((one) => {
      if (!one.includes('.') || one.length < 8) return false;
      const joined = one.replaceAll(/[.-]/g, '');
      return joined === bare || skeleton(host) === skeleton(one) || isOneEdit(host, one);
    }) ?? null
  );
}

/** Optimal string alignment of exactly one, in one pass. */
export function isOneEdit(left: string, right: string): boolean {
  if (left === right || Math.abs(left.length - right.length) > 1) return false;
  let start = 0;
  while (start < left.length && left[start] === right[start]) start++;
  const [a, b] = [left.slice(start), right.slice(start)];
  if (a.length > b.length) return a.slice(1) === b;
  if (a.length < b.length) return a === b.slice(1);
  return a.slice(1) === b.slice(1) || (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
}
