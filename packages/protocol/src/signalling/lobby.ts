import * as z from 'zod/mini';
import { AdmissionBytes, Introduction, KeyPackage } from '../group.ts';
import { Instant, ParticipantId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { DisplayName } from '../text.ts';

const request = z.int().check(z.minimum(0), z.maximum(2 ** 31 - 1));

/** Whose word the name of somebody who waits is: their account's, their invitation's, or nobody's but their own. */
export const KnockIdentity = z.enum(['account', 'invited', 'self-declared']);
export type KnockIdentity = z.infer<typeof KnockIdentity>;

/** Somebody who waits to be let in, as those are told who may let them in. */
export const Knock = z.strictObject({
  participantId: ParticipantId,
  name: DisplayName,
  identity: KnockIdentity,
  /** `beginning`: they come in by themselves as soon as the webinar begins. */
  waitsFor: z.enum(['host', 'beginning']),
  since: Instant,
  /** For the admission, and for the code of the device: a host's client checks what it proves. */
  keyPackage: KeyPackage,
  /** Who they are, where the KeyPackage does not say it. */
  introduction: Introduction,
});
export type Knock = z.infer<typeof Knock>;

/** A host's word, or that the webinar begins: then they come in without one. */
export const WaitsFor = z.enum(['host', 'beginning']);
export type WaitsFor = z.infer<typeof WaitsFor>;

/** The answer to `join` for somebody who has to wait: nothing else comes but `lobby`, `joined` and `ended`. */
export const Waiting = z.strictObject({
  type: z.literal('waiting'),
  request: z.int(),
  /** Whether somebody is inside who can let them in. Of the meeting they are told nothing else. */
  hostPresent: z.boolean(),
  waitsFor: WaitsFor,
});
export const LobbyChanged = z.strictObject({
  type: z.literal('lobby'),
  hostPresent: z.boolean(),
  waitsFor: WaitsFor,
});

export const Knocked = z.strictObject({ type: z.literal('knocked'), knock: Knock });
/** They wait no longer: they were let in, were turned away, or have gone. */
export const KnockOver = z.strictObject({ type: z.literal('knock-over'), participantId: ParticipantId });

/** Lets people in who wait. Each admission is signed by the device of the host who gives it (docs/e2ee.md). */
export const Admit = z.strictObject({
  type: z.literal('admit'),
  request,
  admissions: z.array(z.strictObject({ participantId: ParticipantId, admission: AdmissionBytes })).check(
    z.minLength(1),
    z.maxLength(LIMITS.admittedAtOnce),
    z.refine((all) => new Set(all.map(({ participantId }) => participantId)).size === all.length, {
      error: 'one twice',
    }),
  ),
});
/** One person, or with them everybody who waits at the same network address and of whom nothing is known but what they say. */
export const TurnAwayWhom = z.enum(['one', 'network']);
export type TurnAwayWhom = z.infer<typeof TurnAwayWhom>;

/**
 * Turns somebody away who waits. They may knock again after a minute, a network after 15. `ban`: this one for good, as in
 * `moderate`.
 */
export const TurnAway = z.strictObject({
  type: z.literal('turn-away'),
  request,
  participantId: ParticipantId,
  whom: TurnAwayWhom,
  ban: z.boolean(),
});
