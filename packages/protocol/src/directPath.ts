import * as z from 'zod/mini';
import { ParticipantId } from './ids.ts';
import { LIMITS } from './limits.ts';

/** The number of an offer in its meeting: what belongs to an earlier one is refused. */
export const DirectOfferId = z.int().check(z.minimum(1), z.maximum(2 ** 31 - 1));
export type DirectOfferId = z.infer<typeof DirectOfferId>;

/** Who makes the description that the other one answers (RFC 3264). */
export const DirectRole = z.enum(['offerer', 'answerer']);
export type DirectRole = z.infer<typeof DirectRole>;

/** Why an offer of a direct path ended. */
export const DirectEnd = z.enum(['third-person', 'left', 'away', 'forbidden', 'consent', 'failed']);
export type DirectEnd = z.infer<typeof DirectEnd>;

/** What two browsers tell each other to connect (RFC 8829, RFC 8839). The server passes it on and keeps none of it. */
export const DirectSignal = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('description'),
    type: z.enum(['offer', 'answer']),
    sdp: z.string().check(z.minLength(1), z.maxLength(LIMITS.directSdpBytes)),
  }),
  z.strictObject({
    kind: z.literal('candidate'),
    /** As RFC 8839 section 5.1 writes it; for the first line, whose transport all of them share. */
    candidate: z
      .string()
      .check(
        z.maxLength(LIMITS.directCandidateBytes),
        z.regex(/^candidate:[\x20-\x7e]+$/, { error: 'no ICE candidate' }),
      ),
  }),
]);
export type DirectSignal = z.infer<typeof DirectSignal>;

/** Whether the participant lets the other person see their address: null until they have said so. */
const agreed = z.nullable(z.boolean());
const offer = { offerId: DirectOfferId, peerId: ParticipantId, role: DirectRole, agreed };

/**
 * How media travels between two people, as it is for one of them: OFF, or SERVER → OFFERED (both connect; media still
 * comes through the server) → ESTABLISHED (both receive what the other sends) → SERVER.
 */
export const DirectPath = z.discriminatedUnion('state', [
  /** This service has no direct paths. */
  z.strictObject({ state: z.literal('off') }),
  z.strictObject({
    state: z.literal('server'),
    agreed,
    /** Their agreement is what is missing now. */
    asks: z.boolean(),
    /** Why the last offer ended. */
    ended: z.nullable(DirectEnd),
  }),
  z.strictObject({ state: z.literal('offered'), ...offer }),
  z.strictObject({ state: z.literal('established'), ...offer }),
]);
export type DirectPath = z.infer<typeof DirectPath>;
