import type { Knock, KnockIdentity, WaitsFor } from '@conclave/protocol';
import { Listeners } from '../listeners.ts';
import type { DoorKeys, InspectedKnock } from './doorKeys.ts';

/** Somebody who waits, with what our own worker finds proved of them. */
export interface LobbyKnock {
  readonly participantId: string;
  /** Proved, once `proof` is `valid`; until then the server's word. */
  readonly name: string;
  readonly identity: KnockIdentity;
  /** A host's word, or the beginning of a webinar. */
  readonly waitsFor: WaitsFor;
  /** ISO 8601. */
  readonly since: string;
  /** `invalid`: what they came with does not hold together. They cannot be let in. */
  readonly proof: 'checking' | 'valid' | 'invalid';
  readonly deviceCode: string | null;
}

/** Checks everybody at the door once. */
export class LobbyWatch implements Disposable {
  /** More is known of somebody. */
  readonly changed = new Listeners<void>();
  readonly #keys: Pick<DoorKeys, 'inspectKnocks'>;
  readonly #found = new Map<string, InspectedKnock | 'checking'>();
  #knocks: readonly Knock[] = [];

  constructor(keys: Pick<DoorKeys, 'inspectKnocks'>) {
    this.#keys = keys;
  }

  setKnocks(knocks: readonly Knock[]): void {
    if (knocks === this.#knocks) return;
    this.#knocks = knocks;
    const here = new Set<string>(knocks.map(keyOf));
    for (const key of this.#found.keys()) if (!here.has(key)) this.#found.delete(key);
    this.check();
  }

  /** Those who could not be checked so far: that takes a group that we are in. */
  check(): void {
    const fresh = this.#knocks.filter((knock) => !this.#found.has(keyOf(knock)));
    if (fresh.length > 0) void this.#inspect(fresh);
  }

  /** In the order in which they came. */
  get knocks(): readonly LobbyKnock[] {
    return this.#knocks.map((knock) => toLobbyKnock(knock, this.#found.get(keyOf(knock))));
  }

  [Symbol.dispose](): void {
    this.changed.clear();
    this.#knocks = [];
    this.#found.clear();
  }

  async #inspect(fresh: readonly Knock[]): Promise<void> {
    for (const knock of fresh) this.#found.set(keyOf(knock), 'checking');
    const inspected = await this.#keys.inspectKnocks(fresh).catch(() => null);
    for (const knock of fresh) {
      const key = keyOf(knock);
      if (!this.#found.has(key)) continue;
      // They stay unproved, and are checked again with the next change of the group.
      if (inspected === null) this.#found.delete(key);
      else
        this.#found.set(
          key,
          inspected.find(({ participantId }) => participantId === knock.participantId) ?? unproved(knock),
        );
    }
    this.changed.emit();
  }
}

function keyOf({ participantId, keyPackage, introduction }: Knock): string {
  return `${participantId} ${keyPackage} ${introduction}`;
}

function unproved({ participantId, name }: Knock): InspectedKnock {
  return { participantId, valid: false, name, accountId: null, deviceCode: null };
}

function toLobbyKnock(
  { participantId, name, identity, waitsFor, since }: Knock,
  found: InspectedKnock | 'checking' | undefined,
): LobbyKnock {
  const known = { participantId, identity, waitsFor, since };
  if (found === undefined || found === 'checking')
    return { ...known, name, proof: 'checking', deviceCode: null };
  if (!found.valid) return { ...known, name, proof: 'invalid', deviceCode: null };
  // The server alone gives nobody an account.
  const proved = identity === 'account' && found.accountId === null ? 'self-declared' : identity;
  return { ...known, identity: proved, name: found.name, proof: 'valid', deviceCode: found.deviceCode };
}
