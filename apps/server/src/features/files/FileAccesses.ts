import { LIMITS, type MeetingId, type ParticipantId } from '@conclave/protocol';
import { FILE_RATES } from '../../policy/files.ts';
import { MessageRate } from '../../security/MessageRate.ts';
import { hashToken, makeToken } from '../../security/tokens.ts';

/** One participant's right to the files of the meeting that they are in. */
export interface FileAccessRight {
  readonly meetingId: MeetingId;
  readonly participantId: ParticipantId;
  readonly maySend: boolean;
}

/** The right, with what is left of it. */
export interface HeldAccess extends Omit<FileAccessRight, 'maySend'> {
  /** Whether they may send files now. */
  maySend: boolean;
  readonly requests: MessageRate;
  readonly starts: MessageRate;
  /** Requests that are under way. */
  underWay: number;
}

interface Entry {
  readonly held: HeldAccess;
  tokenHash: string;
  expiresAt: number;
}

/** Who may use the files of which meeting, by tokens that are kept as hashes. Times in ms since the epoch. */
export class FileAccesses {
  readonly #byParticipant = new Map<ParticipantId, Entry>();
  readonly #byToken = new Map<string, Entry>();

  /** @returns the token; the one from before ends. What is left of the rates stays as it is. */
  give(right: FileAccessRight, now: number): string {
    const token = makeToken();
    const before = this.#byParticipant.get(right.participantId);
    if (before !== undefined) this.#byToken.delete(before.tokenHash);
    const rate = ({ perSecond, burst }: { readonly perSecond: number; readonly burst: number }) =>
      new MessageRate(perSecond, burst, now);
    const held: HeldAccess = before?.held ?? {
      ...right,
      requests: rate(FILE_RATES.requests),
      starts: rate(FILE_RATES.starts),
      underWay: 0,
    };
    const entry = { held, tokenHash: hashOf(token), expiresAt: now + LIMITS.fileAccessMs };
    this.#byParticipant.set(right.participantId, entry);
    this.#byToken.set(entry.tokenHash, entry);
    return token;
  }

  find(token: string, now: number): HeldAccess | null {
    const entry = this.#byToken.get(hashOf(token));
    return entry === undefined || entry.expiresAt <= now ? null : entry.held;
  }

  /** Whether it still is somebody's: a body may come long after its headers, and they may have gone meanwhile. */
  isHeld(held: HeldAccess): boolean {
    return this.#byParticipant.get(held.participantId)?.held === held;
  }

  /** The rules of the meeting are others now: it holds for the access that they have. */
  setMaySend(participantId: ParticipantId, maySend: boolean): void {
    const held = this.#byParticipant.get(participantId)?.held;
    if (held !== undefined) held.maySend = maySend;
  }

  forget(participantId: ParticipantId): void {
    const entry = this.#byParticipant.get(participantId);
    if (entry !== undefined) this.#byToken.delete(entry.tokenHash);
    this.#byParticipant.delete(participantId);
  }
}

function hashOf(token: string): string {
  return hashToken(token).toString('base64url');
}
