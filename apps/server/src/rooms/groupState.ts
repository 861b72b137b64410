import {
  type GroupApplicant,
  type GroupCommit,
  type GroupEpoch,
  GroupId,
  type GroupSeat,
  LIMITS,
  type ParticipantId,
} from '@conclave/protocol';
import { isOnStage, isWebinar } from '../policy/webinar.ts';
import type { RoomState } from './roomState.ts';

/**
 * Where a participant stands with the group: WAITING → MEMBER → BEHIND → WAITING. Whoever is BEHIND has neither a
 * state that can be used nor a KeyPackage here.
 */
export type Seat =
  | {
      readonly status: 'member';
      /** The epoch that the Welcome led into. */
      readonly since: GroupEpoch;
      /** The last epoch that this member has said to be in. */
      readonly acknowledged: GroupEpoch | null;
    }
  | {
      readonly status: 'waiting';
      readonly keyPackage: string;
      readonly refusedBy: ReadonlySet<ParticipantId>;
      /** Since when members let them wait, as the room has noticed; null when it has not or when others were first. */
      readonly waitsSince: number | null;
    }
  | { readonly status: 'behind' };

/** Whether those whom the commits of a member were for can use them. */
export interface Trial {
  readonly committer: ParticipantId;
  /** Those who were in the epoch before, as they have said, and those who were added. */
  readonly heard: ReadonlySet<ParticipantId>;
  /** Those of them who applied anew instead of being in the epoch. */
  readonly unable: ReadonlySet<ParticipantId>;
}

/** One alone might be asleep. */
const substitutes = 3;

/** The MLS group of a room as its delivery service sees it (RFC 9750 section 5): who, which epoch, and no content. */
export interface GroupState {
  /** 96 random bits, base64url: what makes the ids of this room's groups unlike all others. */
  readonly seed: string;
  /** Groups that were ever founded in this room. */
  readonly founded: number;
  readonly id: GroupId;
  readonly epoch: GroupEpoch;
  /** Of everybody in the room, in the order in which they applied. */
  readonly seats: ReadonlyMap<ParticipantId, Seat>;
  /** Whose leaf is dead and still in the tree, as far as commits have said. */
  readonly gone: ReadonlySet<ParticipantId>;
  /** Those of them who went from an audience by themselves: members need not hurry. */
  readonly quiet: ReadonlySet<ParticipantId>;
  /** Since when there is one, as the room has noticed. */
  readonly quietSince: number | null;
  /** The last ones without a gap, for whoever resumes. */
  readonly commits: readonly GroupCommit[];
  /** Whether it was said that all connected members are in this epoch. */
  readonly settled: boolean;
  /** Since when no member is connected while somebody waits, as the room has noticed; null while it is not so. */
  readonly desertedSince: number | null;
  /** Of whoever made the last commit, from the first of theirs in a row; null before there is one. */
  readonly trial: Trial | null;
  /** The ids that were ever used here, the last ten thousand: each is one person's for good. */
  readonly usedIds: ReadonlySet<ParticipantId>;
}

export function noGroup(seed: string): GroupState {
  return {
    seed,
    founded: 0,
    id: groupIdOf(seed, 0),
    epoch: 0,
    seats: new Map(),
    gone: new Set(),
    quiet: new Set(),
    quietSince: null,
    commits: [],
    settled: false,
    desertedSince: null,
    trial: null,
    usedIds: new Set(),
  };
}

/** The seed and, in 32 bits, which group of the room it is: 128 bits. */
export function groupIdOf(seed: string, founded: number): GroupId {
  const count = [24, 16, 8, 0].map((shift) => (founded >>> shift) & 0xff);
  const text = btoa(String.fromCharCode(...count));
  return GroupId.parse(seed + text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''));
}

/** What a participant is told. @param held The state that they still have, if any. */
export function groupSeatOf(
  { group }: RoomState,
  id: ParticipantId,
  held: { readonly groupId: GroupId; readonly epoch: GroupEpoch } | null,
): GroupSeat {
  const seat = group.seats.get(id);
  const { id: groupId } = group;
  if (seat?.status === 'waiting') return { role: 'waiting', groupId };
  if (seat?.status !== 'member') return { role: 'behind', groupId };
  if (held?.groupId === groupId) return { role: 'member', groupId, missed: commitsSince(group, held.epoch) };
  return group.epoch === 0 ? { role: 'founder', groupId } : { role: 'behind', groupId };
}

/** The commits from this epoch to the one that the group is in. */
export function commitsSince(group: GroupState, epoch: GroupEpoch): GroupCommit[] {
  return group.epoch === epoch ? [] : group.commits.slice(epoch - group.epoch);
}

/** What members have to commit: those who have waited longest, as far as a message carries them, and who is gone. */
export interface Pending {
  readonly waiting: readonly GroupApplicant[];
  readonly gone: readonly ParticipantId[];
}

export function pendingOf({ group, members }: RoomState): Pending {
  const waiting: GroupApplicant[] = [];
  let characters = 0;
  for (const [participantId, seat] of group.seats) {
    if (waiting.length === LIMITS.groupPendingListed) break;
    // A Welcome for somebody without a socket would go nowhere, and whoever resumes brings another KeyPackage.
    const member = members.get(participantId);
    if (seat.status !== 'waiting' || member?.keptUntil !== null) continue;
    characters += seat.keyPackage.length;
    if (characters > LIMITS.groupPendingChars) break;
    const { entry, admission } = member;
    waiting.push({ participantId, keyPackage: seat.keyPackage, entry, admission });
  }
  const due = [...group.gone].filter((id) => !group.quiet.has(id));
  return { waiting, gone: due.slice(0, LIMITS.participants) };
}

/** Those who can be let in now, and whom no member refuses, in the order in which they applied. */
export function eligible({
  group,
  members,
}: RoomState): [ParticipantId, Extract<Seat, { status: 'waiting' }>][] {
  return [...group.seats].flatMap(([id, seat]) =>
    seat.status === 'waiting' && seat.refusedBy.size === 0 && members.get(id)?.keptUntil === null
      ? [[id, seat]]
      : [],
  );
}

/**
 * R32: the members who commit. In a webinar each commit goes to a thousand others, so it is those on stage alone, and a few of
 * the audience when none of them is connected.
 */
export function committers(state: RoomState): ParticipantId[] {
  const connected = connectedMembers(state);
  if (!isWebinar(state.rules)) return connected;
  const speakers = connected.filter((id) => isSpeaker(state, id));
  return speakers.length > 0 ? speakers : connected.slice(0, substitutes);
}

export function isSpeaker({ members }: Pick<RoomState, 'members'>, id: ParticipantId): boolean {
  const member = members.get(id);
  return member !== undefined && isOnStage(member);
}

/** The members who can be told something now. */
export function connectedMembers({ group, members }: RoomState): ParticipantId[] {
  return [...group.seats].flatMap(([id, { status }]) =>
    status === 'member' && members.get(id)?.keptUntil === null ? [id] : [],
  );
}
