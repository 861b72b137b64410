import { type AdmissionFields, isSameIdentity, type MemberIdentity } from '../../mls/index.ts';
import type { Door, Entry, Strictness } from './Door.ts';
import type { Seen } from './Seen.ts';

const hour = 60 * 60 * 1_000;

/** How far clocks may be apart, ms. Whoever follows a commit is more patient than whoever makes one. */
const clocks = {
  adding: { early: 12 * hour, late: 0 },
  added: { early: 24 * hour, late: 12 * hour },
} as const satisfies Record<Strictness, { readonly early: number; readonly late: number }>;

/** How somebody comes in, by the server's word and, for `admitted`, a host's. */
export interface WayIn {
  readonly entry: Entry;
  /** Verified; null where there is none, or none that is true. */
  readonly admission: AdmissionFields | null;
}

export interface Circumstances {
  readonly door: Door;
  readonly seen: Seen;
  readonly strictness: Strictness;
  /** ms, monotonic. */
  readonly now: number;
  /** ms since 1970. */
  readonly wallClock: number;
}

/**
 * Whether somebody new may come into the group. What the server says counts only as far as it cannot be checked: that a leaf
 * with an account is a host's or may come by it, and that a leaf is somebody's who was invited. An account in a leaf is what
 * its device says of itself, so an unnamed leaf of a webinar comes by one as well: its introduction names it, to hosts.
 */
export function mayEnter(who: MemberIdentity, way: WayIn, at: Circumstances): boolean {
  const isMember = who.kind === 'member';
  const isUnnamed = who.kind === 'unnamed';
  if (isUnnamed && !at.door.isOfWebinar) return false;
  const isOpenTo = (level: Parameters<Door['isOpenTo']>[0]) => at.door.isOpenTo(level, at.strictness, at.now);
  switch (way.entry) {
    case 'host':
      return isMember || isUnnamed;
    case 'account':
      return (isMember || isUnnamed) && isOpenTo('organisation');
    case 'invited':
      return isOpenTo('invited');
    case 'passcode':
      return !isMember && isOpenTo('everybody');
    case 'admitted':
      return way.admission !== null && isAdmittedBy(way.admission, who, at);
  }
}

function isAdmittedBy(admission: AdmissionFields, who: MemberIdentity, at: Circumstances): boolean {
  const { host, issuedAt, notAfter } = admission;
  const { early, late } = clocks[at.strictness];
  const isInTime = issuedAt - early <= at.wallClock && at.wallClock < notAfter + late;
  if (!isInTime || !isSameIdentity(admission.who, who)) return false;
  if (host.participantId === who.participantId) return false;
  switch (at.seen.asHost(host)) {
    case 'member':
      return at.door.mayAdmit(host.participantId, at.strictness, at.now);
    case 'unknown':
      // Anybody can make a key and a date. So whoever does not know the host adds nobody on their word; but they follow who
      // does: a host may have left before we came, and who adds may know what we cannot.
      return at.strictness === 'added' && at.seen.isFromBefore(issuedAt);
    case 'other':
      return false;
  }
}
