import { MeetingId } from '@conclave/protocol';

/** A secret that the link carried after the `#`: it is in no request and no log, and must not stay on show. */
export type Fragment =
  | { readonly kind: 'link'; readonly token: string }
  | { readonly kind: 'passcode'; readonly meetingId: string; readonly passcode: string };

const longest = 200;
/** Pages that somebody opens with a link that works once. */
const linkPath = /^\/(set-up|invitation|new-password)\/?$/;
const meetingPath = /^\/m\/([^/]+)\/?$/;

export function isMeetingPath(pathname: string): boolean {
  return meetingPath.test(pathname);
}

/** What the fragment of an address means; null when it holds no secret of ours. */
export function readFragment(pathname: string, hash: string): Fragment | null {
  const text = decode(hash.replace(/^#/, ''));
  if (text === '' || text.length > longest) return null;
  if (linkPath.test(pathname)) return { kind: 'link', token: text };
  const meetingId = MeetingId.safeParse(meetingPath.exec(pathname)?.[1]);
  return meetingId.success ? { kind: 'passcode', meetingId: meetingId.data, passcode: text } : null;
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
