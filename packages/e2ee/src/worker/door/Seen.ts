import { toBase64Url } from '../../base64url.ts';
import type { AdmittingHost, MemberIdentity } from '../../mls/index.ts';
import { personKey } from './personKey.ts';

/** People of one stay in one meeting that are remembered. The oldest are forgotten first. */
const mostPeople = 5_000;
/** As whom one of them was seen: a day brings a new name or device now and then. */
const mostIdentities = 32;

interface SeenAs {
  readonly identities: Set<string>;
  /** Device keys of leaves with an account. */
  readonly memberDevices: Set<string>;
}

/** Everybody who was in a group with us in this stay, whichever group it was. */
export class Seen {
  readonly #people = new Map<string, SeenAs>();
  /** When we were in a group for the first time, ms since 1970; null while we never were. */
  #since: number | null = null;

  /** @param now ms since 1970 */
  note(members: readonly MemberIdentity[], now: number): void {
    this.#since ??= now;
    for (const member of members) {
      const { participantId } = member;
      const seen = this.#people.get(participantId) ?? { identities: new Set(), memberDevices: new Set() };
      addLast(seen.identities, personKey(member));
      if (member.kind === 'member') addLast(seen.memberDevices, toBase64Url(member.deviceKey));
      // Whoever was seen last is forgotten last.
      this.#people.delete(participantId);
      this.#people.set(participantId, seen);
    }
    for (const id of this.#people.keys()) {
      if (this.#people.size <= mostPeople) break;
      this.#people.delete(id);
    }
  }

  /** By which devices those sign who were in a group with us, where their leaves do not say it. */
  noteDevices(members: readonly MemberIdentity[]): void {
    for (const { kind, participantId, deviceKey } of members) {
      const seen = this.#people.get(participantId);
      if (kind === 'member' && seen !== undefined) addLast(seen.memberDevices, toBase64Url(deviceKey));
    }
  }

  /** As this very person: with this device, under this name. */
  has(person: MemberIdentity): boolean {
    return this.#people.get(person.participantId)?.identities.has(personKey(person)) === true;
  }

  /**
   * Whether a host's signature is one: by the device of somebody with an account who was in a group with us. `unknown`: we
   * have never seen anybody of that id.
   */
  asHost({ participantId, deviceKey }: AdmittingHost): 'member' | 'other' | 'unknown' {
    const seen = this.#people.get(participantId);
    if (seen === undefined) return 'unknown';
    return seen.memberDevices.has(toBase64Url(deviceKey)) ? 'member' : 'other';
  }

  /** Whether that was before our time here. @param at ms since 1970 */
  isFromBefore(at: number): boolean {
    return this.#since !== null && at < this.#since;
  }
}

/** The oldest of too many is forgotten. */
function addLast(known: Set<string>, one: string): void {
  known.delete(one);
  known.add(one);
  const [oldest] = known;
  if (known.size > mostIdentities && oldest !== undefined) known.delete(oldest);
}
