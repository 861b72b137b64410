import { type Bytes, equalInConstantTime } from '../bytes.ts';
import type { CredentialFields, MeetingGroup } from '../mls/index.ts';
import { MEETING_PATIENCE } from './breakout/MeetingMembers.ts';
import type { Doorkeeper, Newcomer } from './door/Doorkeeper.ts';
import type { WayIn } from './door/mayEnter.ts';

export interface Applicant extends Newcomer {
  readonly keyPackage: Bytes;
}

interface Considered {
  readonly applicant: Applicant;
  /** Null: their KeyPackage does not prove who they are, or that they know the passcode. */
  readonly who: CredentialFields | null;
  readonly way: WayIn | null;
  /** Since when somebody of this id is missed in the meeting, if they are, ms, monotonic. */
  since: number;
  answer: Answer;
}

/** `not-yet`: into a breakout room comes who is in the meeting, where we may see them a moment later. */
type Answer = 'yes' | 'no' | 'not-yet';

type AskedDoor = Pick<Doorkeeper, 'wayOf' | 'mayEnter' | 'isInMeeting'>;

export interface Verdict {
  readonly participantId: string;
  readonly acceptable: boolean;
}

/**
 * Those who wait to be added: each KeyPackage and each host's word looked at once, the door's rules each time. No clock: calls
 * are told the time (ms, monotonic).
 */
export class Applicants {
  readonly #door: AskedDoor;
  readonly #all = new Map<string, Considered>();
  /** Those of the list who are in by now: the list may have been written before the commit that added them. */
  readonly #added = new Set<string>();

  constructor(door: AskedDoor) {
    this.#door = door;
  }

  /**
   * The whole list, as the delivery service tells it.
   * @returns ids of those who are new or come otherwise than before, and whether we would add them; of whom that is open yet,
   * `review` tells it
   */
  async update(waiting: readonly Applicant[], group: MeetingGroup, now: number): Promise<readonly Verdict[]> {
    const ids = new Set(waiting.map(({ participantId }) => participantId));
    for (const id of this.#all.keys()) if (!ids.has(id)) this.#forget(id);
    const fresh = waiting.filter((applicant) => {
      const known = this.#all.get(applicant.participantId);
      return known === undefined || !isSame(known.applicant, applicant);
    });
    const verdicts = await Promise.all(
      fresh.map(async (applicant) => {
        const { participantId, keyPackage } = applicant;
        const [who, way] = await Promise.all([
          proven(participantId, keyPackage, group),
          this.#door.wayOf(applicant),
        ]);
        const known = this.#all.get(participantId);
        if (known === undefined || !equalInConstantTime(known.applicant.keyPackage, keyPackage))
          this.#added.delete(participantId);
        const since = known === undefined || known.answer === 'yes' ? now : known.since;
        const answer = this.#answer({ who, way, since }, now);
        this.#all.set(participantId, { applicant, who, way, since, answer });
        return verdictOf(participantId, answer);
      }),
    );
    return verdicts.flat();
  }

  /** Asks again of each one who waits still. @returns those of whom the answer is another one now */
  review(now: number): readonly Verdict[] {
    return [...this.#all].flatMap(([participantId, considered]) => {
      if (considered.answer === 'yes') considered.since = now;
      const answer = this.#answer(considered, now);
      if (this.#added.has(participantId) || answer === considered.answer) return [];
      considered.answer = answer;
      return verdictOf(participantId, answer);
    });
  }

  /** When time alone decides about somebody; null when it does not. */
  get decidedAt(): number | null {
    const times = [...this.#all].flatMap(([id, { answer, since }]) =>
      answer === 'not-yet' && !this.#added.has(id) ? [since + MEETING_PATIENCE] : [],
    );
    return times.length === 0 ? null : Math.min(...times);
  }

  /** In the order of the list. */
  get acceptable(): readonly string[] {
    return [...this.#all]
      .filter(([id, { answer }]) => answer === 'yes' && !this.#added.has(id))
      .map(([id]) => id);
  }

  /** A commit has added these. */
  added(participantIds: readonly string[]): void {
    for (const id of participantIds) if (this.#all.has(id)) this.#added.add(id);
  }

  /** Whether this one was added, by the KeyPackage that is in the list still. */
  isAdded(participantId: string): boolean {
    return this.#added.has(participantId);
  }

  find(participantId: string): Applicant | null {
    return this.#all.get(participantId)?.applicant ?? null;
  }

  #answer({ who, way, since }: Pick<Considered, 'who' | 'way' | 'since'>, now: number): Answer {
    if (who === null || !this.#door.mayEnter(who, way, 'adding')) return 'no';
    if (this.#door.isInMeeting(who)) return 'yes';
    return now - since < MEETING_PATIENCE ? 'not-yet' : 'no';
  }

  #forget(id: string): void {
    this.#all.delete(id);
    this.#added.delete(id);
  }
}

function verdictOf(participantId: string, answer: Answer): readonly Verdict[] {
  return answer === 'not-yet' ? [] : [{ participantId, acceptable: answer === 'yes' }];
}

function isSame(one: Applicant, other: Applicant): boolean {
  return (
    equalInConstantTime(one.keyPackage, other.keyPackage) &&
    one.entry === other.entry &&
    equalInConstantTime(one.admission ?? new Uint8Array(), other.admission ?? new Uint8Array())
  );
}

/** Whoever does not prove to know the passcode, or comes under another's id, is not added. */
async function proven(
  participantId: string,
  keyPackage: Bytes,
  group: MeetingGroup,
): Promise<CredentialFields | null> {
  try {
    const who = await group.inspect(keyPackage);
    return who.participantId === participantId ? who : null;
  } catch (error) {
    // It says nothing of theirs when our own place in the group is over.
    if (group.lifetime !== 'active') throw error;
    return null;
  }
}
