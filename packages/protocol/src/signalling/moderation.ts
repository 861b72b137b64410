import * as z from 'zod/mini';
import { ParticipantId } from '../ids.ts';
import { MeetingOrders, ModeratedSource, Moderation, Removed, ReportReason } from '../moderation.ts';

const request = z.int().check(z.minimum(0), z.maximum(2 ** 31 - 1));

/** @see Moderation. Refused with `meeting.not_allowed` to whoever lacks the control, and towards hosts. */
export const Moderate = z.strictObject({ type: z.literal('moderate'), request, moderation: Moderation });

/**
 * Of a webinar. `onStage`: takes the place that a host has asked one to. Otherwise declines it, or goes back to the audience.
 * Refused with `meeting.not_allowed` to whoever was not asked.
 */
export const TakeStage = z.strictObject({ type: z.literal('take-stage'), request, onStage: z.boolean() });

/** Tells those who may remove people that somebody should be looked at. */
export const Report = z.strictObject({
  type: z.literal('report'),
  request,
  participantId: ParticipantId,
  reason: ReportReason,
});

/** What holds for all has changed, by this participant's doing; null: nobody's alone. */
export const OrdersChanged = z.strictObject({
  type: z.literal('orders'),
  orders: MeetingOrders,
  by: z.nullable(ParticipantId),
});

/** To the one it was done to, whatever else they are told of its effect. `given`: they may again. */
export const Moderated = z.strictObject({
  type: z.literal('moderated'),
  what: z.enum(['stopped', 'held', 'given', 'appointed', 'dismissed', 'asked', 'taken-back']),
  sources: z.array(ModeratedSource),
  by: ParticipantId,
});

export const Reported = z.strictObject({
  type: z.literal('reported'),
  participantId: ParticipantId,
  by: ParticipantId,
  reason: ReportReason,
});

/** All who may not come in again, to those who may remove people, each time that it changes. */
export const RemovalsChanged = z.strictObject({ type: z.literal('removals'), removals: z.array(Removed) });
