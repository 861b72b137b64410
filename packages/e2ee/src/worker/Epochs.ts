import type { Bytes } from '../bytes.ts';
import { EpochOverlap, type GroupMember, type LeafSignatures, type MeetingGroup } from '../mls/index.ts';
import { MlsSframeKeys } from '../sframe/MlsSframeKeys.ts';
import type { FrameFact } from '../source-authentication/FrameFact.ts';
import { readSignedList, signList } from '../source-authentication/signedList.ts';
import type { FrameLists } from './FrameLists.ts';

/** RFC 9605, section 5.2. */
const exporterLabel = 'SFrame 1.0 Base Key';
const suite = 'AES_256_GCM_SHA512_128';
/** Nk of the suite, bytes. */
const baseKeyBytes = 32;

/** The media keys of one stay in one group: which epochs are sent and received in, and who is which leaf in each. */
export class Epochs implements FrameLists {
  readonly keys = new MlsSframeKeys(suite);
  readonly #overlap: EpochOverlap;
  readonly #people = new Map<number, ReadonlyMap<number, string>>();
  readonly #signatures = new Map<number, LeafSignatures>();
  readonly #group: MeetingGroup;

  private constructor(group: MeetingGroup) {
    this.#group = group;
    this.#overlap = new EpochOverlap(group.epoch);
  }

  static async begin(group: MeetingGroup): Promise<Epochs> {
    const epochs = new Epochs(group);
    await epochs.#add(group);
    epochs.keys.sendIn(BigInt(group.epoch));
    return epochs;
  }

  /** The group is in its next epoch. */
  async enter(group: MeetingGroup, removed: readonly GroupMember[], now: number): Promise<void> {
    await this.#add(group);
    const removedLeaves = removed.map(({ leafIndex }) => leafIndex);
    this.#overlap.entered({ epoch: group.epoch, removedLeaves }, now);
    this.update(now);
  }

  /** All members are in this epoch. */
  settle(epoch: number, now: number): void {
    this.#overlap.settled(epoch, now);
    this.update(now);
  }

  /** Does what has become due. @returns when to ask again, null: when something happens */
  update(now: number): number | null {
    this.keys.sendIn(BigInt(this.#overlap.sendingEpoch(now)));
    const kept = new Set(this.#overlap.receivingEpochs(now));
    for (const epoch of this.#people.keys()) {
      if (kept.has(epoch)) continue;
      this.#people.delete(epoch);
      this.#signatures.delete(epoch);
      this.keys.dropEpoch(BigInt(epoch));
    }
    return this.#overlap.nextChangeAt(now);
  }

  /** Whose leaf it was; null for nobody's, and for somebody who was removed since. */
  participantAt(epoch: bigint, leafIndex: number, now: number): string | null {
    if (!this.#overlap.accepts(Number(epoch), leafIndex, now)) return null;
    return this.#people.get(Number(epoch))?.get(leafIndex) ?? null;
  }

  sign(contextId: number, facts: readonly FrameFact[]): Promise<Bytes> {
    const { groupId, ownLeaf } = this.#group;
    const origin = { groupId, leafIndex: ownLeaf, contextId };
    return signList(facts, origin, (label, content) => this.#group.sign(label, content));
  }

  async check(
    bytes: Bytes,
    { epoch, leafIndex, contextId }: { epoch: bigint; leafIndex: number; contextId: number },
  ): Promise<readonly FrameFact[] | null> {
    const list = readSignedList(bytes);
    if (list === null) return null;
    const present = this.#signatures.get(Number(epoch));
    const signed = this.#signatures.get(Number(list.epoch));
    // Signed before we were here, or so long ago that nobody waits for it: it says nothing to us.
    if (present === undefined || signed === undefined) return [];
    if (!present.agreesWith(signed, leafIndex)) return null;
    const origin = { groupId: this.#group.groupId, leafIndex, contextId };
    const isTrue = await list.verify(origin, (label, content, signature) =>
      signed.verify(leafIndex, label, content, signature),
    );
    if (!isTrue) return null;
    // The leaf may have been another member's before.
    return list.facts.filter((fact) => {
      const then = this.#signatures.get(Number(fact.epoch));
      return then?.agreesWith(signed, leafIndex) === true;
    });
  }

  close(): void {
    this.keys.close();
    this.#people.clear();
    this.#signatures.clear();
  }

  async #add(group: MeetingGroup): Promise<void> {
    const { epoch, ownLeaf } = group;
    const members = group.members();
    const baseKey = await group.exporter(exporterLabel, new Uint8Array(0), baseKeyBytes);
    try {
      const leaves = members.map(({ leafIndex }) => leafIndex);
      await this.keys.addEpoch({ epoch: BigInt(epoch), baseKey, members: leaves, ownLeaf });
    } finally {
      baseKey.fill(0);
    }
    this.#signatures.set(epoch, group.leafSignatures());
    this.#people.set(epoch, new Map(members.map((member) => [member.leafIndex, member.participantId])));
  }
}
