const day = 24 * 60 * 60 * 1000;

/** A session that nobody uses for this long has ended. */
export const SESSION_IDLE_MS = 14 * day;
/** A session has ended this long after the sign-in, used or not. */
export const SESSION_ABSOLUTE_MS = 60 * day;
/** How exactly we note when a session was last used. */
export const SESSION_TOUCH_MS = 60_000;

export interface SessionTimes {
  readonly createdAt: number;
  readonly lastSeenAt: number;
}

/** A session is over when it was idle too long or is too old. Times in ms. */
export function isSessionOver(session: SessionTimes, now: number): boolean {
  return now - session.lastSeenAt >= SESSION_IDLE_MS || now - session.createdAt >= SESSION_ABSOLUTE_MS;
}
