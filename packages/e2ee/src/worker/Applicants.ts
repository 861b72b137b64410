import { type Bytes, equalInConstantTime } from '../bytes.ts';
import type { CredentialFields, MeetingGroup } from '../mls/index.ts';
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
  acceptable: boolean;
}

export interface Verdict {
  readonly participantId: string;
  readonly acceptable: boolean;
}

/** Those who wait to be added: each KeyPackage and each host's word looked at once, the door's rules each time. */
export class Applicants {
  readonly #door: Pick<Doorkeeper, 'wayOf' | 'mayEnter'>;
  readonly #all = new Map<string, Considered>();
  /** Those of the list who are in by now: the list may have been written before the commit that added them. */
  readonly #added = new Set<string>();

  constructor(door: Pick<Doorkeeper, 'wayOf' | 'mayEnter'>) {
    this.#door = door;
  }

  /**
   * The whole list, as the delivery service tells it.
   * @returns ids of those who are new or come otherwise than before, and whether we would add them
   */
  async update(waiting: readonly Applicant[], group: MeetingGroup): Promise<readonly Verdict[]> {
    const ids = new Set(waiting.map(({ participantId }) => participantId));
    for (const id of this.#all.keys()) if (!ids.has(id)) this.#forget(id);
    const fresh = waiting.filter((applicant) => {
      const known = this.#all.get(applicant.participantId);
      return known === undefined || !isSame(known.applicant, applicant);
    });
    return await Promise.all(
      fresh.map(async (applicant) => {
        const { participantId, keyPackage } = applicant;
        const [who, way] = await Promise.all([
          proven(participantId, keyPackage, group),
          this.#door.wayOf(applicant),
        ]);
        const known = this.#all.get(participantId);
        if (known === undefined || !equalInConstantTime(known.applicant.keyPackage, keyPackage))
          this.#added.delete(participantId);
        const considered: Considered = { applicant, who, way, acceptable: false };
        considered.acceptable = this.#mayEnter(considered);
        this.#all.set(participantId, considered);
        return { participantId, acceptable: considered.acceptable };
      }),
    );
  }

  /** Asks again of each one who waits still. @returns those of whom the answer is another one now */
  review(): readonly Verdict[] {
    return [...this.#all].flatMap(([participantId, considered]) => {
      const acceptable = this.#mayEnter(considered);
      if (this.#added.has(participantId) || acceptable === considered.acceptable) return [];
      considered.acceptable = acceptable;
      return [{ participantId, acceptable }];
    });
  }

  /** In the order of the list. */
  get acceptable(): readonly string[] {
    return [...this.#all]
      .filter(([id, { acceptable }]) => acceptable && !this.#added.has(id))
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

  #mayEnter({ who, way }: Considered): boolean {
    return who !== null && this.#door.mayEnter(who, way, 'adding');
  }

  #forget(id: string): void {
    this.#all.delete(id);
    this.#added.delete(id);
  }
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
