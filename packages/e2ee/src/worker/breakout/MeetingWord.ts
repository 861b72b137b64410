import type { MemberIdentity } from '../../mls/index.ts';

/**
 * What the worker of the stay in the meeting tells the one of the stay in a breakout room, from worker to worker: by which
 * device we are in the meeting's group, and who is in it with us, as its tree says. Null: we are in none now.
 */
export type MeetingWord = {
  readonly device: CryptoKeyPair;
  readonly members: readonly MemberIdentity[];
} | null;
