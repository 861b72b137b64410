import * as z from 'zod/mini';
import { MeetingId, ParticipantId } from './ids.ts';
import { LIMITS } from './limits.ts';
import { DisplayName } from './text.ts';

const unique = <T>(values: readonly T[]) => new Set(values).size === values.length;

/** A room beside the meeting. Its id is a meeting's, of which no link leads anywhere. */
export const BreakoutRoom = z.strictObject({
  id: MeetingId,
  /** Null: it goes by its number, which is its place in the list. */
  name: z.nullable(DisplayName),
});
export type BreakoutRoom = z.infer<typeof BreakoutRoom>;

export const BreakoutAssignment = z.strictObject({ participantId: ParticipantId, roomId: MeetingId });
export type BreakoutAssignment = z.infer<typeof BreakoutAssignment>;

/** The breakout rooms of a meeting as one participant is told of them. Times are from when it was said, ms. */
export const BreakoutView = z.strictObject({
  rooms: z.array(BreakoutRoom),
  /** Everybody chooses a room, and may choose another. */
  choice: z.boolean(),
  /** To which room one is asked; null: to none. */
  own: z.nullable(MeetingId),
  /** Then everybody is brought back; null: when a host says so. */
  endsInMs: z.nullable(z.int().check(z.minimum(0))),
  /** A host has said so: what is left is the notice. */
  closing: z.boolean(),
  /** To which room each is asked; empty for whoever lacks the control `breakout`. */
  assigned: z.array(BreakoutAssignment),
  /** Who has asked for help in a room, the first one first; empty for whoever lacks the control `breakout`. */
  help: z.array(ParticipantId),
});
export type BreakoutView = z.infer<typeof BreakoutView>;

const minutes = z.nullable(z.int().check(z.minimum(1), z.maximum(LIMITS.breakoutMinutes)));

/** What whoever has the control `breakout` does. */
export const BREAKOUT_MODERATIONS = [
  /** Opens rooms; there are none already. `assigned` names each at most once, with the number of a room from 0. */
  z
    .strictObject({
      action: z.literal('open-rooms'),
      names: z
        .array(z.nullable(DisplayName))
        .check(z.minLength(LIMITS.breakoutRoomsMin), z.maxLength(LIMITS.breakoutRooms)),
      choice: z.boolean(),
      assigned: z
        .array(
          z.strictObject({
            participantId: ParticipantId,
            room: z.int().check(z.minimum(0), z.maximum(LIMITS.breakoutRooms - 1)),
          }),
        )
        .check(
          z.maxLength(LIMITS.participants + LIMITS.hostPlaces),
          z.refine((all) => unique(all.map(({ participantId }) => participantId)), {
            error: 'names one twice',
          }),
        ),
      /** Null: until a host closes them. */
      minutes,
    })
    .check(
      z.refine(({ names, assigned }) => assigned.every(({ room }) => room < names.length), {
        error: 'names a room that there is not',
      }),
    ),
  /** Asks somebody into a room; null: back into the meeting. Whoever is in another one is out of it at once. */
  z.strictObject({
    action: z.literal('assign-room'),
    participantId: ParticipantId,
    roomId: z.nullable(MeetingId),
  }),
  /** So long the rooms are open from now on; null: until a host closes them. */
  z.strictObject({ action: z.literal('time-rooms'), minutes }),
  /** Brings everybody back: at once, or after `LIMITS.breakoutNoticeMs`. */
  z.strictObject({ action: z.literal('close-rooms'), now: z.boolean() }),
] as const;
