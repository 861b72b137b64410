import type { Policy } from '@conclave/protocol';

const day = 24 * 60 * 60 * 1000;

/** For how long a browser is asked to keep its cookie: no policy lets a session last longer. */
export const SESSION_LONGEST_MS = 365 * day;
/** One account has no more at a time: a new one ends those that were not used for longest. */
export const SESSIONS_PER_ACCOUNT = 50;
/** How exactly we note when a session was last used. */
export const SESSION_TOUCH_MS = 60_000;

export interface SessionTimes {
  readonly createdAt: number;
  readonly lastSeenAt: number;
}

export type SessionLives = Pick<Policy, 'sessionIdleDays' | 'sessionAbsoluteDays'>;

/** Sessions that were last used, or begun, before these are over, used or not. Times in ms since the epoch. */
export function sessionBounds(
  { sessionIdleDays, sessionAbsoluteDays }: SessionLives,
  now: number,
): { readonly seenBefore: number; readonly madeBefore: number } {
  return { seenBefore: now - sessionIdleDays * day, madeBefore: now - sessionAbsoluteDays * day };
}

/** A session is over when it was idle too long or is too old. Times in ms since the epoch. */
export function isSessionOver(session: SessionTimes, lives: SessionLives, now: number): boolean {
  const { seenBefore, madeBefore } = sessionBounds(lives, now);
  return session.lastSeenAt <= seenBefore || session.createdAt <= madeBefore;
}
