import * as z from 'zod/mini';
import {
  GroupApplicant,
  GroupCommit,
  GroupCommitBytes,
  GroupEpoch,
  GroupId,
  GroupMessageBytes,
  GroupSeat,
  GroupWelcomeBytes,
  Introduction,
  KeyPackage,
} from '../group.ts';
import { ParticipantId } from '../ids.ts';
import { LIMITS } from '../limits.ts';

const request = z.int().check(z.minimum(0), z.maximum(2 ** 31 - 1));
const answered = z.int();
const someone = (max: number) =>
  z.array(ParticipantId).check(
    z.maxLength(max),
    z.refine((ids: readonly string[]) => new Set(ids).size === ids.length, { error: 'one twice' }),
  );

/**
 * A commit to the epoch that the group is in (RFC 9420 section 12.4). The first one for an epoch is accepted, each
 * later one is refused with `group.stale_epoch`: its sender drops it and processes the one that was relayed.
 * `added` and `removed` say what it does to those whom `group-pending` has named; `removed` also those of `gone` who
 * are not in the tree at all.
 */
export const SendGroupCommit = z
  .strictObject({
    type: z.literal('group-commit'),
    request,
    groupId: GroupId,
    epoch: GroupEpoch,
    commit: GroupCommitBytes,
    /** For all who are added; null when nobody is. */
    welcome: z.nullable(GroupWelcomeBytes),
    added: someone(LIMITS.groupPendingListed),
    removed: someone(LIMITS.participants),
  })
  .check(
    z.refine(({ welcome, added }) => (welcome !== null) === added.length > 0, {
      error: 'a Welcome is for those who are added',
    }),
  );

/**
 * My state is lost or of no use, or the KeyPackage that I gave was refused. One commit removes the former leaf, if
 * there is one, and adds the new one. Answered by `group-seat`.
 */
export const GroupRejoin = z.strictObject({
  type: z.literal('group-rejoin'),
  request,
  keyPackage: KeyPackage,
  /** Of the new leaf, of whoever has come in with one. */
  introduction: z._default(Introduction, null),
});

/** I am in this epoch now and read what is sent in it. The one who committed says so too. */
export const GroupAck = z.strictObject({
  type: z.literal('group-ack'),
  request,
  groupId: GroupId,
  epoch: GroupEpoch,
});

/** An application message (RFC 9420 section 15), for all other members who are connected. */
export const SendGroupMessage = z.strictObject({
  type: z.literal('group-message'),
  request,
  groupId: GroupId,
  /**
   * In a webinar, `stage`: for those on stage alone. The audience says nothing else to everybody than what is as short as a
   * reaction. In a meeting both are the same.
   */
  to: z._default(z.enum(['everybody', 'stage']), 'everybody'),
  message: GroupMessageBytes,
});

/** I do not add this one: the KeyPackage does not prove what it has to. They are told. */
export const GroupRefuse = z.strictObject({
  type: z.literal('group-refuse'),
  request,
  groupId: GroupId,
  participantId: ParticipantId,
});

export const GroupSeated = z.strictObject({
  type: z.literal('group-seat'),
  request: answered,
  group: GroupSeat,
});
/**
 * The group is over, since nobody is left in it or those who are let nobody in, and another one is founded: by the one
 * who is told so. Or it goes on without the one who is told so, whose commits the others cannot use.
 */
export const GroupSeatChanged = z.strictObject({ type: z.literal('group-seat-changed'), group: GroupSeat });

export const GroupCommitted = z.extend(GroupCommit, { type: z.literal('group-commit'), groupId: GroupId });
/** `epoch` is the one that the Welcome leads into. */
export const GroupWelcomed = z.strictObject({
  type: z.literal('group-welcome'),
  groupId: GroupId,
  epoch: GroupEpoch,
  welcome: GroupWelcomeBytes,
  from: ParticipantId,
});
/**
 * All that is to be committed, for every member each time that it changes: at once when somebody goes or when nothing
 * was said for `LIMITS.groupPendingBatchMs`. `waiting` are those who have waited longest. Somebody who joins anew is in
 * both lists. A hint: members check for themselves what they commit.
 */
export const GroupPending = z.strictObject({
  type: z.literal('group-pending'),
  groupId: GroupId,
  waiting: z.array(GroupApplicant),
  gone: z.array(ParticipantId),
});
/** All members who are connected are in this epoch. Once for an epoch, unless the next one comes first. */
export const GroupSettled = z.strictObject({
  type: z.literal('group-settled'),
  groupId: GroupId,
  epoch: GroupEpoch,
});
export const GroupMessaged = z.strictObject({
  type: z.literal('group-message'),
  groupId: GroupId,
  from: ParticipantId,
  message: GroupMessageBytes,
});
/** A member does not add me. Once for each member and KeyPackage. */
export const GroupRefused = z.strictObject({
  type: z.literal('group-refused'),
  groupId: GroupId,
  by: ParticipantId,
});
