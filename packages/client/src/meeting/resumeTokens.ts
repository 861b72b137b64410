/** Where a tab keeps its right to come back after a reload. */
export interface ResumeTokens {
  get(meetingId: string): string | null;
  set(meetingId: string, token: string | null): void;
}

/** In the tab's sessionStorage: another tab is another participant. Without storage a reload joins afresh. */
export const tabResumeTokens: ResumeTokens = {
  get(meetingId) {
    try {
      return sessionStorage.getItem(key(meetingId));
    } catch {
      return null;
    }
  },
  set(meetingId, token) {
    try {
      if (token === null) sessionStorage.removeItem(key(meetingId));
      else sessionStorage.setItem(key(meetingId), token);
    } catch {
      // Storage is off; the token lives as long as the page.
    }
  },
};

function key(meetingId: string): string {
  return `conclave.resume.${meetingId}`;
}
