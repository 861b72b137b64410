import * as z from 'zod/mini';
import { ParticipantId } from './ids.ts';
import { LIMITS } from './limits.ts';
import { Entry } from './moderation.ts';

/** Opaque bytes, base64url without padding (RFC 4648 section 5). The server never looks inside. */
function bytes(max: number) {
  const characters = Math.ceil((max * 4) / 3);
  return z.string().check(z.minLength(2), z.maxLength(characters), z.regex(/^[A-Za-z0-9_-]+$/));
}

/** The `group_id` (RFC 9420 section 8.1) that the server gives: 128 bits, base64url. Never the same twice. */
export const GroupId = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]{21}[AQgw]$/))
  .brand<'GroupId'>();
export type GroupId = z.infer<typeof GroupId>;

/** As RFC 9420 counts it; the server can only count what it has accepted. */
export const GroupEpoch = z.int().check(z.minimum(0), z.maximum(2 ** 31 - 1));
export type GroupEpoch = z.infer<typeof GroupEpoch>;

/** A KeyPackage (RFC 9420 section 10) whose credential names the `participantId` that it comes with. */
export const KeyPackage = bytes(LIMITS.groupKeyPackageBytes);
/** The server checks besides how large it may be in a meeting that is no webinar. */
export const GroupCommitBytes = bytes(LIMITS.webinarCommitBytes);
/** With the ratchet tree in it (RFC 9420 section 12.4.3.3). The same holds of its size. */
export const GroupWelcomeBytes = bytes(LIMITS.webinarWelcomeBytes);
export const GroupMessageBytes = bytes(LIMITS.groupMessageBytes);
/** What a host's device has signed to let somebody in (docs/e2ee.md, Admission). The server only carries it. */
export const AdmissionBytes = bytes(LIMITS.admissionBytes);

/**
 * Who somebody of a webinar's audience is, whose KeyPackage does not say it (docs/e2ee.md, Introductions). The server hands it on to
 * whoever sees them, and looks at nothing in it.
 */
export const IntroductionBytes = bytes(LIMITS.introductionBytes);
/** There for whoever has come into a webinar as its audience, and for nobody else. */
export const Introduction = z.nullable(IntroductionBytes);

/** Somebody who comes into the group: how they came into the meeting, and by whose signed word if by a host's. */
const newcomer = {
  participantId: ParticipantId,
  entry: Entry,
  /** There for `admitted`, and for nobody else. */
  admission: z.nullable(AdmissionBytes),
};
export const GroupNewcomer = z.strictObject(newcomer);
export type GroupNewcomer = z.infer<typeof GroupNewcomer>;

/** A commit that the server has accepted. `epoch` is the one that it ends, which its own header names. */
export const GroupCommit = z.strictObject({
  epoch: GroupEpoch,
  commit: GroupCommitBytes,
  from: ParticipantId,
  /** Of those whom it adds. */
  added: z.array(GroupNewcomer),
});
export type GroupCommit = z.infer<typeof GroupCommit>;

/** Where a participant stands with the group of the meeting. */
export const GroupSeat = z.discriminatedUnion('role', [
  /** Makes the group with this id, at epoch 0. Whoever waits is told by `group-pending`. */
  z.strictObject({ role: z.literal('founder'), groupId: GroupId }),
  /** Is let in by a commit of a member: `group-welcome` comes. */
  z.strictObject({ role: z.literal('waiting'), groupId: GroupId }),
  /**
   * Has come back with the state kept; these commits were accepted meanwhile, in order, one's own among them if its
   * answer was lost.
   */
  z.strictObject({ role: z.literal('member'), groupId: GroupId, missed: z.array(GroupCommit) }),
  /** Has no usable state and no KeyPackage here: nothing comes before `group-rejoin`. */
  z.strictObject({ role: z.literal('behind'), groupId: GroupId }),
]);
export type GroupSeat = z.infer<typeof GroupSeat>;

/** What somebody who resumes still has of the group. */
export const GroupClaim = z.discriminatedUnion('kind', [
  /** The state is in memory and stands at this epoch. */
  z.strictObject({ kind: z.literal('kept'), groupId: GroupId, epoch: GroupEpoch }),
  /** There is none: the page was loaded anew, or no Welcome had come. The former leaf, if any, is dead. */
  z.strictObject({
    kind: z.literal('new'),
    keyPackage: KeyPackage,
    introduction: z._default(Introduction, null),
  }),
]);
export type GroupClaim = z.infer<typeof GroupClaim>;

/** Somebody who waits to be added. */
export const GroupApplicant = z.strictObject({ ...newcomer, keyPackage: KeyPackage });
export type GroupApplicant = z.infer<typeof GroupApplicant>;
