import type { Meeting, StayFailureCode } from '../meeting/types.ts';
import type { Observable } from '../observable.ts';
import type { KnownBreakout } from './knownBreakout.ts';

export type { KnownBreakout } from './knownBreakout.ts';

/** A stay in a breakout room, which is a meeting of its own: other keys, another chat. */
export interface BreakoutVisit {
  readonly roomId: string;
  readonly meeting: Meeting;
}

export interface BreakoutsState {
  /** The rooms; null while there are none. */
  readonly rooms: KnownBreakout | null;
  /** In a room, or on the way into one. */
  readonly visit: BreakoutVisit | null;
  /** One is asked into this room and goes there by oneself at this time, ms since 1970. */
  readonly asked: { readonly roomId: string; readonly goesAt: number } | null;
}

export interface RoomsToOpen {
  /** Null: it goes by its number. */
  readonly names: readonly (string | null)[];
  /** Everybody chooses a room. */
  readonly choice: boolean;
  /** Into which room each is asked, by its number from 0. */
  readonly assigned: readonly { readonly participantId: string; readonly room: number }[];
  /** Null: until they are closed. */
  readonly minutes: number | null;
}

/** `brought`: by others, back to the meeting or into a room; the microphone, if it was on, and the screen are off. */
export type BreakoutNotice =
  | { readonly type: 'brought'; readonly muted: boolean }
  | { readonly type: 'failed'; readonly code: StayFailureCode };

/**
 * The breakout rooms of a meeting. What hosts do is refused to others; promises reject with a ConclaveError, or with
 * SignalClosed while the connection is lost.
 */
export interface MeetingBreakouts {
  readonly state: Observable<BreakoutsState>;
  /** @returns the way to stop listening. */
  onNotice(listener: (notice: BreakoutNotice) => void): () => void;
  open(rooms: RoomsToOpen): Promise<void>;
  /** @param roomId null: back into the meeting */
  assign(participantId: string, roomId: string | null): Promise<void>;
  /** From now; null: until they are closed. */
  setTime(minutes: number | null): Promise<void>;
  /** At once, or after a notice. */
  close(now: boolean): Promise<void>;
  /** Into a room, by one's own doing. */
  go(roomId: string): void;
  /** Back to the meeting, by one's own doing. */
  back(): Promise<void>;
  askHelp(asked: boolean): Promise<void>;
}
