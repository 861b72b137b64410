import { toBase64Url } from '../../base64url.ts';
import { type GroupMember, nameIn } from '../../mls/index.ts';
import type { PinStore } from './PinStore.ts';
import { isPinnedUnasked, judge, withSeen, withVerified } from './pins.ts';
import type { Comparison, PersonRef, PersonVerification, Trust, Verified } from './view.ts';

interface Verdict {
  readonly trust: Trust;
  readonly verified: Verified | null;
}

export interface PeoplePorts {
  readonly pins: PinStore;
  /** ms since the epoch. */
  wallClock(): number;
  changed(): void;
}

/**
 * Who is in the group, what this browser knows of their devices, and who came since the room code was compared. A
 * device is judged once for each stay: who was new when they came stays new until the next one.
 */
export class People {
  readonly #ports: PeoplePorts;
  readonly #verdicts = new Map<string, Verdict>();
  readonly #joinedAt = new Map<string, number | null>();
  #members: readonly GroupMember[] = [];
  #ownLeaf = -1;
  #inside = false;
  #comparison: Comparison = { name: 'never' };
  /** Those who were here then, as everybody saw them. */
  #compared: ReadonlySet<string> = new Set();

  constructor(ports: PeoplePorts) {
    this.#ports = ports;
  }

  enter({ ownLeaf, members }: { readonly ownLeaf: number; readonly members: readonly GroupMember[] }): void {
    const before = this.#joinedAt;
    const now = this.#ports.wallClock();
    const since = members.map((member) => {
      const key = stayOf(member);
      const known = before.get(key);
      return [key, known !== undefined ? known : this.#inside ? now : null] as const;
    });
    before.clear();
    for (const [key, at] of since) before.set(key, at);
    this.#members = members;
    this.#ownLeaf = ownLeaf;
    this.#inside = true;
    for (const member of members) this.#consider(member);
  }

  leave(): void {
    this.#members = [];
    this.#inside = false;
    this.#joinedAt.clear();
    if (this.#comparison.name === 'holds') this.#comparison = { name: 'lost' };
  }

  /** The room code is the same for everybody who is here. */
  compared(): void {
    this.#comparison = { name: 'holds', at: this.#ports.wallClock() };
    this.#compared = new Set(this.#members.map(seenAs));
  }

  get comparison(): Comparison {
    return this.#comparison;
  }

  view(): readonly PersonVerification[] {
    return this.#members.map((member) => {
      const deviceKey = toBase64Url(member.deviceKey);
      const isSelf = member.leafIndex === this.#ownLeaf;
      const { trust, verified } = this.#verdicts.get(deviceOf(member)) ?? checking;
      return {
        participantId: member.participantId,
        deviceKey,
        trust: isSelf ? 'self' : trust,
        verified: isSelf ? null : verified,
        joinedAt: this.#joinedAt.get(stayOf(member)) ?? null,
        joinedSince: !isSelf && this.#comparison.name === 'holds' && !this.#compared.has(seenAs(member)),
      };
    });
  }

  get self(): GroupMember | null {
    return this.#members.find(({ leafIndex }) => leafIndex === this.#ownLeaf) ?? null;
  }

  /** Another member with that very device; null when it is here no more. */
  find({ participantId, deviceKey }: PersonRef): GroupMember | null {
    const found = this.#members.find(
      (member) => member.participantId === participantId && toBase64Url(member.deviceKey) === deviceKey,
    );
    return found === undefined || found.leafIndex === this.#ownLeaf ? null : found;
  }

  /** @param by null takes it back */
  async verify(member: GroupMember, by: Verified['by'] | null): Promise<void> {
    const at = this.#ports.wallClock();
    const verified = by === null ? null : { by, at, name: nameIn(member) };
    const key = toBase64Url(member.deviceKey);
    if (member.kind === 'member')
      await this.#ports.pins.update(member.accountId, (pins) => withVerified(pins, key, verified, at));
    const unverified = member.kind === 'member' ? 'known' : 'guest';
    this.#set(member, { trust: verified === null ? unverified : 'verified', verified });
  }

  /** A device that changed is taken for theirs from now on. */
  async accept(member: GroupMember): Promise<void> {
    if (member.kind !== 'member' || this.#verdicts.get(deviceOf(member))?.trust !== 'changed') return;
    const key = toBase64Url(member.deviceKey);
    await this.#ports.pins.update(member.accountId, (pins) => withSeen(pins, key, this.#ports.wallClock()));
    this.#set(member, { trust: 'known', verified: null });
  }

  #consider(member: GroupMember): void {
    const device = deviceOf(member);
    if (this.#verdicts.has(device)) return;
    if (member.kind !== 'member') {
      this.#verdicts.set(device, { trust: 'guest', verified: null });
      return;
    }
    this.#verdicts.set(device, checking);
    void this.#lookUp(member.accountId, member.name, member).then((verdict) => this.#set(member, verdict));
  }

  /** One's own device is relied on from the start: a stranger under one's own account stands out then. */
  async #lookUp(accountId: string, name: string, { deviceKey, leafIndex }: GroupMember): Promise<Verdict> {
    const key = toBase64Url(deviceKey);
    const isSelf = leafIndex === this.#ownLeaf;
    const now = this.#ports.wallClock();
    const judged: { trust: Exclude<Trust, 'checking'> } = { trust: 'new' };
    const pins = await this.#ports.pins.update(accountId, (before) => {
      const trust = judge(before, key, name);
      judged.trust = trust;
      if (isSelf && trust !== 'verified')
        return withVerified(before, key, { by: 'digits', at: now, name }, now);
      return isPinnedUnasked(trust) ? withSeen(before, key, now) : before;
    });
    const { trust } = judged;
    const wasVerified = trust === 'verified' || trust === 'renamed';
    const verified = wasVerified ? (pins.find((pin) => pin.key === key)?.verified ?? null) : null;
    return { trust, verified };
  }

  #set(member: GroupMember, verdict: Verdict): void {
    this.#verdicts.set(deviceOf(member), verdict);
    this.#ports.changed();
  }
}

const checking: Verdict = { trust: 'checking', verified: null };

/** Keys of guests and of accounts are apart, as are those of different accounts, and what came under different names. */
function deviceOf(member: GroupMember): string {
  const owner = member.kind === 'member' ? member.accountId : member.kind;
  return `${owner} ${toBase64Url(member.deviceKey)} ${nameIn(member)}`;
}

/** What people look at when they compare the room code: somebody who comes anew or is called otherwise was not there. */
function seenAs(member: GroupMember): string {
  return `${stayOf(member)} ${deviceOf(member)}`;
}

function stayOf(member: GroupMember): string {
  return `${member.participantId} ${toBase64Url(member.deviceKey)}`;
}
