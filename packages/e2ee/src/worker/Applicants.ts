import { type Bytes, equalInConstantTime } from '../bytes.ts';
import type { MeetingGroup } from '../mls/index.ts';

export interface Applicant {
  readonly participantId: string;
  readonly keyPackage: Bytes;
}

/** Those who wait to be added, each KeyPackage looked at once. */
export class Applicants {
  readonly #all = new Map<string, { readonly keyPackage: Bytes; readonly acceptable: boolean }>();
  /** Those of the list who are in by now: the list may have been written before the commit that added them. */
  readonly #added = new Set<string>();

  /**
   * The whole list, as the delivery service tells it.
   * @returns ids whose KeyPackage is new, and whether the group takes it
   */
  async update(
    waiting: readonly Applicant[],
    group: MeetingGroup,
  ): Promise<readonly { readonly participantId: string; readonly acceptable: boolean }[]> {
    const ids = new Set(waiting.map(({ participantId }) => participantId));
    for (const id of this.#all.keys()) if (!ids.has(id)) this.#forget(id);
    const fresh = waiting.filter(({ participantId, keyPackage }) => {
      const known = this.#all.get(participantId);
      return known === undefined || !equalInConstantTime(known.keyPackage, keyPackage);
    });
    return await Promise.all(
      fresh.map(async ({ participantId, keyPackage }) => {
        const acceptable = await isAcceptable(participantId, keyPackage, group);
        this.#added.delete(participantId);
        this.#all.set(participantId, { keyPackage, acceptable });
        return { participantId, acceptable };
      }),
    );
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

  keyPackageOf(participantId: string): Bytes | null {
    return this.#all.get(participantId)?.keyPackage ?? null;
  }

  #forget(participantId: string): void {
    this.#all.delete(participantId);
    this.#added.delete(participantId);
  }
}

/** Whoever does not prove to know the passcode, or comes under another's id, is not added. */
async function isAcceptable(participantId: string, keyPackage: Bytes, group: MeetingGroup): Promise<boolean> {
  try {
    return (await group.inspect(keyPackage)).participantId === participantId;
  } catch (error) {
    // It says nothing of theirs when our own place in the group is over.
    if (group.lifetime !== 'active') throw error;
    return false;
  }
}
