import type { BreakoutRoom, BreakoutView, MeetingId, ParticipantId } from '@conclave/protocol';
import { has } from '../policy/moderation.ts';
import type { Member, RoomState } from './roomState.ts';

/** Somebody's stay in a breakout room, where they have another id. */
export interface BreakoutStay {
  readonly roomId: MeetingId;
  readonly stayId: ParticipantId;
}

/** The way into one room, for one person, once. */
export interface BreakoutTicket {
  /** SHA-256 of the ticket, base64url. */
  readonly hash: string;
  readonly roomId: MeetingId;
  /** ms since the epoch. */
  readonly until: number;
}

/** The breakout rooms of a meeting. Who is in which is with each member. */
export interface BreakoutState {
  readonly rooms: readonly BreakoutRoom[];
  /** Everybody chooses a room. */
  readonly choice: boolean;
  /** When everybody is brought back, ms since the epoch; null: when a host says so. */
  readonly endsAt: number | null;
  /** A host has said so. */
  readonly closing: boolean;
  /** To which room each is asked. */
  readonly assigned: ReadonlyMap<ParticipantId, MeetingId>;
  readonly tickets: ReadonlyMap<ParticipantId, BreakoutTicket>;
  /** Who asks for a host, the first one first. */
  readonly help: readonly ParticipantId[];
}

/** What a member is told. @param now ms since the epoch */
export function breakoutViewOf(
  { breakout }: RoomState,
  member: Pick<Member, 'id' | 'controls'>,
  now: number,
): BreakoutView | null {
  if (breakout === null) return null;
  const { rooms, choice, endsAt, closing, assigned, help } = breakout;
  const leads = has(member, 'breakout');
  return {
    rooms: [...rooms],
    choice,
    own: assigned.get(member.id) ?? null,
    endsInMs: endsAt === null ? null : Math.max(0, endsAt - now),
    closing,
    assigned: leads ? [...assigned].map(([participantId, roomId]) => ({ participantId, roomId })) : [],
    help: leads ? [...help] : [],
  };
}
