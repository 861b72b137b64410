import { MeetingId } from '@conclave/protocol';

/** A secret that the link carried after the `#`: it is in no request and no log, and must not stay on show. */
export type Fragment =
  | { readonly kind: 'link'; readonly token: string }
  | {
      readonly kind: 'meeting';
      readonly meetingId: string;
      /** Null: it comes another way. */
      readonly passcode: string | null;
      /** The secret of an invitation of one's own; null when the link is for all. */
      readonly invitation: string | null;
    };

const longest = 200;
/** Pages that somebody opens with a link that works once, and that of a contact's own link. */
const linkPath = /^\/(set-up|invitation|new-password|call)\/?$/;
/** `i=<invitation>`, `p=<passcode>`, or both; no passcode has an equals sign in it. */
const named = /^(?:[pi]=[^&=]*)(?:&[pi]=[^&=]*)?$/;
const meetingPath = /^\/m\/([^/]+)\/?$/;

export function isMeetingPath(pathname: string): boolean {
  return meetingPath.test(pathname);
}

/** What the fragment of an address means; null when it holds no secret of ours. */
export function readFragment(pathname: string, hash: string): Fragment | null {
  const raw = hash.replace(/^#/, '');
  const text = decode(raw);
  if (text === '' || text.length > longest) return null;
  if (linkPath.test(pathname)) return { kind: 'link', token: text };
  const meetingId = MeetingId.safeParse(meetingPath.exec(pathname)?.[1]);
  if (!meetingId.success) return null;
  const parts = named.test(raw) ? partsOf(raw) : { passcode: text, invitation: null };
  if (parts.passcode === null && parts.invitation === null) return null;
  return { kind: 'meeting', meetingId: meetingId.data, ...parts };
}

function partsOf(raw: string): { readonly passcode: string | null; readonly invitation: string | null } {
  const given = new Map(
    raw.split('&').flatMap((part) => {
      const value = decode(part.slice(2));
      return value === '' ? [] : [[part.slice(0, 1), value] as const];
    }),
  );
  return { passcode: given.get('p') ?? null, invitation: given.get('i') ?? null };
}

/** Reads the fragment and takes it out of the address bar and the history entry, whatever it was. */
export function takeFragment(window: Pick<Window, 'location' | 'history'>): Fragment | null {
  const { pathname, search, hash } = window.location;
  if (hash === '') return null;
  window.history.replaceState(window.history.state, '', pathname + search);
  return readFragment(pathname, hash);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
