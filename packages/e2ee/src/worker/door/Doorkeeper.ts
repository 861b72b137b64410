import { toBase64Url } from '../../base64url.ts';
import type { Bytes } from '../../bytes.ts';
import {
  type AdmissionFields,
  type CredentialFields,
  type MemberIdentity,
  type ProposedChange,
  verifyAdmission,
} from '../../mls/index.ts';
import type { MeetingMembers } from '../breakout/MeetingMembers.ts';
import { Door, type DoorRules, type Entry, type Strictness } from './Door.ts';
import { mayEnter, type WayIn } from './mayEnter.ts';
import { Seen } from './Seen.ts';

/** Somebody who comes into the group: how, as the server says, and by which signed word if by a host's. */
export interface Newcomer {
  readonly participantId: string;
  readonly entry: Entry;
  /** There for `admitted`, and for nobody else. */
  readonly admission: Bytes | null;
}

/** How somebody who is inside has come in; nulls of those who were here before us. */
export interface HowIn {
  readonly entry: Entry | null;
  /** Whose signed word let them in. */
  readonly admittedBy: string | null;
}

/** Admissions whose signature is not looked at again. */
const mostVerified = 600;
/** People of whom is known how they came in. */
const mostHowIn = 5_000;

export interface DoorkeeperPorts {
  readonly meetingId: string;
  /** Of a breakout room: who is in the meeting. Null in the meeting itself. */
  readonly meeting: MeetingMembers | null;
  /** ms, monotonic. */
  now(): number;
  /** ms since 1970. */
  wallClock(): number;
}

/**
 * Who may come into the groups of one stay. Asked before we add somebody, and before we follow a commit that does. Whoever
 * was in a group with us needs nothing more as long as they are the same person with the same device: so renewals, those who
 * come anew and another group go on whatever has become of rules and hosts. Into a breakout room comes besides only who is
 * in the meeting, each time.
 */
export class Doorkeeper {
  readonly #ports: DoorkeeperPorts;
  readonly #door = new Door();
  readonly #seen = new Seen();
  readonly #verified = new Map<string, Promise<AdmissionFields | null>>();
  readonly #howIn = new Map<string, HowIn>();

  constructor(ports: DoorkeeperPorts) {
    this.#ports = ports;
  }

  setRules(rules: DoorRules): void {
    this.#door.set(rules, this.#ports.now());
  }

  /** These are in the group with us. */
  met(members: readonly MemberIdentity[]): void {
    this.#seen.note(members, this.#ports.wallClock());
  }

  /** These unnamed ones are in the group with us, and this is who they are: by their own device they sign, should they be hosts. */
  know(members: readonly MemberIdentity[]): void {
    this.#seen.noteDevices(members);
  }

  /** What a newcomer brings, each signature looked at once. */
  async wayOf({ entry, admission }: Newcomer): Promise<WayIn | null> {
    // Only what is `admitted` comes with a host's word.
    if ((entry === 'admitted') !== (admission !== null)) return null;
    return { entry, admission: admission === null ? null : await this.#verify(admission) };
  }

  /** @param way null: what the server says makes no sense */
  mayEnter(who: CredentialFields, way: WayIn | null, strictness: Strictness): boolean {
    if (way === null) return false;
    return this.#seen.has(who) || this.#mayEnterNew(who, way, strictness);
  }

  /** Whether this one is in the meeting, as whoever comes into a breakout room of it must be. */
  isInMeeting(who: MemberIdentity): boolean {
    const { meeting } = this.#ports;
    return meeting === null || meeting.has(who);
  }

  /** Whether all of a group that we were let into are in the meeting; waits a moment for those who are not yet. */
  async areInMeeting(members: readonly MemberIdentity[]): Promise<boolean> {
    const { meeting } = this.#ports;
    return meeting === null || (await meeting.hasAll(members));
  }

  /** Those who are not in the meeting any more; nobody while we cannot know. */
  strangersAmong<T extends MemberIdentity>(members: readonly T[]): readonly T[] {
    const { meeting } = this.#ports;
    return meeting?.isKnown === true ? members.filter((one) => !meeting.has(one)) : [];
  }

  /** Whether to follow a commit: each one that it adds, and nobody else, is named, and may come in. */
  async allows({ added }: ProposedChange, newcomers: readonly Newcomer[]): Promise<boolean> {
    const named = new Map(newcomers.map((newcomer) => [newcomer.participantId, newcomer]));
    if (named.size !== newcomers.length || named.size !== added.length) return false;
    const verdicts = await Promise.all(
      added.map(async (who) => {
        const newcomer = named.get(who.participantId);
        return newcomer !== undefined && this.mayEnter(who, await this.wayOf(newcomer), 'added');
      }),
    );
    const { meeting } = this.#ports;
    return verdicts.every((verdict) => verdict) && (meeting === null || (await meeting.hadAll(added)));
  }

  /** A commit has brought these in: from now on they are known, and how they came. */
  async welcome(added: readonly CredentialFields[], newcomers: readonly Newcomer[]): Promise<void> {
    for (const who of added) {
      const newcomer = newcomers.find(({ participantId }) => participantId === who.participantId);
      const way = newcomer === undefined ? null : await this.wayOf(newcomer);
      // Of whoever comes anew we know it already, or cannot check it any more.
      if (way === null || this.#seen.has(who)) continue;
      const admittedBy = way.admission?.host.participantId ?? null;
      this.#howIn.set(who.participantId, { entry: way.entry, admittedBy });
      forgetOldest(this.#howIn, mostHowIn);
    }
    this.met(added);
  }

  howIn(participantId: string): HowIn {
    return this.#howIn.get(participantId) ?? { entry: null, admittedBy: null };
  }

  #mayEnterNew(who: CredentialFields, way: WayIn, strictness: Strictness): boolean {
    return mayEnter(who, way, {
      door: this.#door,
      seen: this.#seen,
      strictness,
      now: this.#ports.now(),
      wallClock: this.#ports.wallClock(),
    });
  }

  #verify(admission: Bytes): Promise<AdmissionFields | null> {
    const key = toBase64Url(admission);
    const known = this.#verified.get(key);
    if (known !== undefined) return known;
    const verifying = this.#look(admission);
    this.#verified.set(key, verifying);
    forgetOldest(this.#verified, mostVerified);
    return verifying;
  }

  async #look(admission: Bytes): Promise<AdmissionFields | null> {
    try {
      return await verifyAdmission(admission, this.#ports.meetingId);
    } catch {
      return null;
    }
  }
}

function forgetOldest(known: Map<string, unknown>, most: number): void {
  for (const oldest of known.keys()) {
    if (known.size <= most) break;
    known.delete(oldest);
  }
}
