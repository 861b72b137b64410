import { equalBytes } from '../bytes/bytes.ts';
import type { AuthenticationService } from '../credential/AuthenticationService.ts';
import type { NamedFields } from '../credential/MemberCredential.ts';
import type { Leaf } from '../tree/leaves.ts';
import { type GroupMember, memberOf } from './GroupMember.ts';

/** People that are remembered, known or not yet: more than an audience. The oldest are forgotten first. */
const mostPeople = 5_000;
/** Of one person that wait for their leaf: a new one is told of before it is in the tree, while the former one is. */
const mostWaiting = 2;

interface Told {
  /** Under which the server has them: it is one for the stay, so nobody is let in by one name and seen by another. */
  readonly name: string;
  readonly introduction: Uint8Array;
}

interface Known {
  /** Of the unnamed leaf: one device for a stay. */
  readonly deviceKey: Uint8Array;
  readonly who: NamedFields;
}

/**
 * Who the unnamed leaves of a webinar are, as far as we were told and it is true. What was true of a stay stays so: another leaf
 * of the same device is the same person, and nobody becomes another one in the middle of a stay.
 */
export class Introductions {
  readonly #waiting = new Map<string, readonly Told[]>();
  readonly #known = new Map<string, Known>();

  /** Whoever tells it need not tell the truth. */
  hear(participantId: string, told: Told): void {
    const before = this.#waiting.get(participantId) ?? [];
    this.#waiting.delete(participantId);
    this.#waiting.set(participantId, [...before, told].slice(-mostWaiting));
    forgetOldest(this.#waiting);
  }

  /** @returns those leaves of which is known now, and was not before, whose they are */
  async look(
    leaves: readonly Leaf[],
    authentication: AuthenticationService,
  ): Promise<readonly GroupMember[]> {
    if (this.#waiting.size === 0) return [];
    const found = await Promise.all(leaves.map((leaf) => this.#lookAt(leaf, authentication)));
    return found.flat();
  }

  /** As they were introduced; as their leaf says, where it says so itself or nothing true was told. */
  of(member: GroupMember): GroupMember {
    if (member.kind !== 'unnamed') return member;
    const known = this.#known.get(member.participantId);
    if (known === undefined || !equalBytes(known.deviceKey, member.deviceKey)) return member;
    const { leafIndex, notAfter } = member;
    return { ...known.who, leafIndex, notAfter };
  }

  async #lookAt(leaf: Leaf, authentication: AuthenticationService): Promise<readonly GroupMember[]> {
    const member = memberOf(leaf);
    const { participantId, deviceKey } = member;
    const waiting = this.#waiting.get(participantId);
    if (member.kind !== 'unnamed' || waiting === undefined) return [];
    if (this.of(member) !== member) {
      this.#waiting.delete(participantId);
      return [];
    }
    for (const { name, introduction } of waiting) {
      const who = await authentication
        .verifyIntroduction(introduction, leaf.node.signaturePublicKey, participantId)
        .catch(() => null);
      if (who === null || who.name !== name) continue;
      this.#waiting.delete(participantId);
      this.#known.set(participantId, { deviceKey, who: withoutProofs(who) });
      forgetOldest(this.#known);
      return [this.of(member)];
    }
    return [];
  }
}

function withoutProofs(who: NamedFields): NamedFields {
  const { participantId, name, deviceKey, notAfter } = who;
  const common = { participantId, name, deviceKey, notAfter };
  return who.kind === 'member'
    ? { kind: 'member', accountId: who.accountId, ...common }
    : { kind: 'guest', ...common };
}

function forgetOldest(all: Map<string, unknown>): void {
  for (const oldest of all.keys()) {
    if (all.size <= mostPeople) break;
    all.delete(oldest);
  }
}
