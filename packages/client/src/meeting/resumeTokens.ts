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

/** Where storage is off: these live as long as the page. */
const unkept = new Map<string, string>();

/** In the tab's sessionStorage: another tab is another participant. Without storage a reload joins afresh. */
export const tabResumeTokens: ResumeTokens = {
  get(meetingId) {
    try {
      return parse(sessionStorage.getItem(key(meetingId)) ?? unkept.get(meetingId) ?? '');
    } catch {
      return parse(unkept.get(meetingId) ?? '');
    }
  },
  set(meetingId, place) {
    unkept.delete(meetingId);
    const text = place === null ? null : `${place.participantId} ${place.token} ${place.proof}`;
    try {
      if (text === null) sessionStorage.removeItem(key(meetingId));
      else sessionStorage.setItem(key(meetingId), text);
    } catch {
      if (text !== null) unkept.set(meetingId, text);
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
