import { isDeepStrictEqual } from 'node:util';
import {
  ConclaveError,
  conflictIn,
  type Policy,
  type PolicyChanges,
  SETTING_IDS,
  type SettingId,
  withChanges,
} from '@conclave/protocol';
import type { Clock } from '../../clock.ts';
import { Notifier } from '../../notifier.ts';
import type {
  PolicyChange,
  PolicyChanged,
  PolicyPort,
  PolicyState,
  PolicyStorage,
  RefuseChange,
} from './ports.ts';
import { readStoredPolicy } from './readStoredPolicy.ts';

export interface PolicyStoreOptions {
  readonly storage: PolicyStorage;
  /** What the operator's file says. It wins over what is stored. */
  readonly pins: PolicyChanges;
  readonly clock: Clock;
  readonly onFault: (fault: unknown) => void;
}

/** The policy in memory, and on the disk before anybody hears of a change. */
export class PolicyStore implements PolicyPort {
  readonly #options: PolicyStoreOptions;
  readonly #changed: Notifier<PolicyChange>;
  /** Without the pins: when the file says nothing any more, what the organisation had decided holds again. */
  #own: Policy;
  #state: PolicyState;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(options: PolicyStoreOptions, stored: unknown) {
    const { version, changedAt, policy } = readStoredPolicy(stored);
    this.#options = options;
    this.#changed = new Notifier(options.onFault);
    this.#own = policy;
    this.#state = {
      version,
      changedAt,
      policy: withChanges(policy, options.pins),
      pinned: Object.keys(options.pins) as SettingId[],
    };
  }

  static async open(options: PolicyStoreOptions): Promise<PolicyStore> {
    return new PolicyStore(options, await options.storage.read());
  }

  get state(): PolicyState {
    return this.#state;
  }

  current(): Policy {
    return this.#state.policy;
  }

  onChange(listener: (change: PolicyChange) => void): Disposable {
    return this.#changed.listen(listener);
  }

  /** One after the other: of two that were made from the same version, the second one is refused. */
  change(version: number, changes: PolicyChanges, refuse?: RefuseChange): Promise<PolicyChanged> {
    const done = this.#last.then(() => this.#change(version, changes, refuse));
    this.#last = done.catch(() => {});
    return done;
  }

  async #change(version: number, changes: PolicyChanges, refuse?: RefuseChange): Promise<PolicyChanged> {
    const { pins, clock, storage } = this.#options;
    if (version !== this.#state.version) throw new ConclaveError('policy.stale');
    const pinned = this.#state.pinned.find((id) => changes[id] !== undefined);
    if (pinned !== undefined) throw new ConclaveError('policy.pinned', { field: pinned });
    const own = withChanges(this.#own, changes);
    const policy = withChanges(own, pins);
    const conflict = conflictIn(policy);
    if (conflict !== null) throw new ConclaveError('policy.conflict', { field: conflict });
    const before = this.#state.policy;
    const changed = SETTING_IDS.filter((id) => !isDeepStrictEqual(policy[id], before[id]));
    if (changed.length === 0) return { state: this.#state, changed };
    await refuse?.({ policy, before, changed });
    const changedAt = clock();
    await storage.write({ version: version + 1, changedAt: new Date(changedAt).toISOString(), values: own });
    this.#own = own;
    this.#state = { ...this.#state, version: version + 1, changedAt, policy };
    this.#changed.tell({ policy, before, changed });
    return { state: this.#state, changed };
  }
}
