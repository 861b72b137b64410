import * as z from 'zod/mini';
import { BreakoutView } from '../breakout.ts';
import { KeyPackage } from '../group.ts';
import { MeetingId, ParticipantId, Token256 } from '../ids.ts';

const request = z.int().check(z.minimum(0), z.maximum(2 ** 31 - 1));

/** Asks for the way into a breakout room, on the socket of the meeting. Answered by `breakout-ticket`. */
export const AskBreakoutTicket = z.strictObject({
  type: z.literal('breakout-ticket'),
  request,
  roomId: MeetingId,
});
/** For one entry into this room within `LIMITS.breakoutTicketMs`, by whoever has asked and nobody else. The former one ends. */
export const BreakoutTicketGiven = z.strictObject({
  type: z.literal('breakout-ticket'),
  request: z.int(),
  roomId: MeetingId,
  ticket: Token256,
});

/** Comes into a breakout room, on a socket of its own, by the same browser and sign-in as into the meeting. Answered by `joined`. */
export const JoinBreakout = z.strictObject({
  type: z.literal('join-breakout'),
  request,
  version: z.int(),
  meetingId: MeetingId,
  ticket: Token256,
  /** Another one than in the meeting: 96 random bits. The KeyPackage's credential names it. */
  participantId: ParticipantId,
  keyPackage: KeyPackage,
});

/** Back to the meeting, on the meeting's socket: the stay in the breakout room is over. */
export const LeaveBreakout = z.strictObject({ type: z.literal('breakout-leave'), request });

/** Asks hosts to come into the breakout room that one is in, or takes that back; on the meeting's socket. */
export const AskBreakoutHelp = z.strictObject({
  type: z.literal('breakout-help'),
  request,
  asked: z.boolean(),
});

/** The breakout rooms, each time that something changes for the one who is told; null: there are none any more. */
export const BreakoutChanged = z.strictObject({
  type: z.literal('breakout'),
  breakout: z.nullable(BreakoutView),
});
