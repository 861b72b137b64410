import type { Emoji } from '../../mls/index.ts';

/**
 * What this browser knows of the device that somebody takes part with.
 *
 * - `self`: this leaf is ours.
 * - `guest`: a key for one stay, under a name that they gave themselves.
 * - `checking`: it is being looked up.
 * - `new`: an account that this browser has not met before.
 * - `known`: an account with a device that was there before, or that was accepted.
 * - `newDevice`: another device of an account that is known to use several, none of them verified.
 * - `changed`: a device never seen of an account that always came with another one, or one of whose devices was verified.
 * - `renamed`: codes were compared with them under another name.
 * - `verified`: codes were compared, by people.
 */
export type Trust =
  | 'self'
  | 'guest'
  | 'checking'
  | 'new'
  | 'known'
  | 'newDevice'
  | 'changed'
  | 'renamed'
  | 'verified';

/** How codes were compared, when (ms since the epoch), and under which name. */
export interface Verified {
  readonly by: 'digits' | 'qr';
  readonly at: number;
  readonly name: string;
}

export interface PersonVerification {
  readonly participantId: string;
  /** Raw, base64url: what `personCode` and `judge` are to be about. */
  readonly deviceKey: string;
  readonly trust: Trust;
  /** Set exactly when `trust` is `verified` or `renamed`. */
  readonly verified: Verified | null;
  /** When they came into the group, ms since the epoch; null: before us. */
  readonly joinedAt: number | null;
  /** They came after the room code was compared, or anew, or under another name. */
  readonly joinedSince: boolean;
}

/** The room code as far as it is there; ids are those of participants. */
export type RoomCodeView =
  /** Nobody has asked for it in this epoch. */
  | { readonly name: 'none' }
  | { readonly name: 'alone' }
  /** Everybody would have to send to everybody: with so many, persons are compared instead. */
  | { readonly name: 'tooMany'; readonly limit: number }
  | { readonly name: 'exchanging'; readonly missing: readonly string[] }
  | {
      readonly name: 'known';
      readonly epoch: number;
      readonly emoji: readonly Emoji[];
      readonly digits: readonly string[];
    }
  /** Somebody did not stand by what they had committed to: there is no code in this epoch. */
  | { readonly name: 'broken'; readonly participantId: string };

/** Whether the room code was compared. `lost`: we came into the group anew since, so it says nothing any more. */
export type Comparison =
  | { readonly name: 'never' }
  | { readonly name: 'holds'; readonly at: number }
  | { readonly name: 'lost' };

export interface VerificationView {
  readonly people: readonly PersonVerification[];
  readonly roomCode: RoomCodeView;
  readonly comparison: Comparison;
}

export interface PersonCode {
  /** Twelve groups of five digits, the same on both sides. */
  readonly digits: readonly string[];
  /** What to show as a QR code. */
  readonly qr: string;
}

/** Somebody with the device that they had when the question came up. */
export interface PersonRef {
  readonly participantId: string;
  readonly deviceKey: string;
}

/** What the page asks about who is who. All fail with `not_a_member` when that device is here no more. */
export interface VerificationCalls {
  /** Whether anybody looks at the room code here: only then it is asked for. */
  readonly watchRoomCode: { readonly ask: { readonly watching: boolean }; readonly reply: null };
  /** "It is the same for all of us." False when it is another code by now: then it is to be compared again. */
  readonly confirmRoomCode: { readonly ask: { readonly epoch: number }; readonly reply: boolean };
  readonly personCode: { readonly ask: PersonRef; readonly reply: PersonCode };
  /** A code that was scanned. `match` marks them as verified. */
  readonly compareQr: {
    readonly ask: PersonRef & { readonly scanned: string };
    readonly reply: 'match' | 'mismatch' | 'unknown';
  };
  /** `accept`: a device that changed is theirs, says somebody who did not compare codes. */
  readonly judge: {
    readonly ask: PersonRef & { readonly verdict: 'verify' | 'unverify' | 'accept' };
    readonly reply: null;
  };
}
