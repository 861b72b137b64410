import { ParticipantId, Token256 } from '@conclave/protocol';

/** The place of a tab in a meeting, and the token that takes it back. */
export interface KeptPlace {
  readonly participantId: ParticipantId;
  readonly token: string;
  /** Of the passcode that it was joined with: with another one there are other keys, and nothing to come back to. */
  readonly proof: string;
}

/** Where a tab keeps its right to come back after a reload. */
export interface ResumeTokens {
  get(meetingId: string): KeptPlace | null;
  set(meetingId: string, place: KeptPlace | null): void;
}

/** In the tab's sessionStorage: another tab is another participant. Without storage a reload joins afresh. */
export const tabResumeTokens: ResumeTokens = {
  get(meetingId) {
    try {
      return parse(sessionStorage.getItem(key(meetingId)) ?? '');
    } catch {
      return null;
    }
  },
  set(meetingId, place) {
    try {
      if (place === null) sessionStorage.removeItem(key(meetingId));
      else sessionStorage.setItem(key(meetingId), `${place.participantId} ${place.token} ${place.proof}`);
    } catch {
      // Storage is off; the token lives as long as the page.
    }
  },
};

function parse(text: string): KeptPlace | null {
  const [id, token, proof] = text.split(' ');
  const participantId = ParticipantId.safeParse(id);
  const secret = Token256.safeParse(token);
  const shown = Token256.safeParse(proof);
  return participantId.success && secret.success && shown.success
    ? { participantId: participantId.data, token: secret.data, proof: shown.data }
    : null;
}

function key(meetingId: string): string {
  return `conclave.resume.${meetingId}`;
}
