import type { Policy, PolicyChanges, SettingId } from '@conclave/protocol';

/** The policy as it stands, and how it came to be so. */
export interface PolicyState {
  /** Counts the changes: whoever changes it says which one they have seen. */
  readonly version: number;
  /** What the organisation has decided, with what the operator's file says laid over it. */
  readonly policy: Policy;
  /** The settings that the operator's file decides. */
  readonly pinned: readonly SettingId[];
  /** ms since the epoch; null before the first change. */
  readonly changedAt: number | null;
}

/** The policy after a change, and which settings are others now. */
export interface PolicyChanged {
  readonly state: PolicyState;
  readonly changed: readonly SettingId[];
}

/** What changed, told after it is stored. */
export interface PolicyChange {
  readonly policy: Policy;
  readonly before: Policy;
  readonly changed: readonly SettingId[];
}

export type RefuseChange = (change: PolicyChange) => Promise<void>;

/** What the organisation has decided about its service. Kept in memory: reading it costs nothing. */
export interface PolicyPort {
  current(): Policy;
  readonly state: PolicyState;
  /**
   * @param version the one that the change was made from.
   * @param refuse asked before it is stored, while no other change comes in between; it throws what keeps the change from happening.
   * @throws ConclaveError policy.stale when another change came in between, policy.pinned, policy.conflict.
   */
  change(version: number, changes: PolicyChanges, refuse?: RefuseChange): Promise<PolicyChanged>;
  /** Told of each change at once, in order. */
  onChange(listener: (change: PolicyChange) => void): Disposable;
}

/** Where it is kept. */
export interface PolicyStorage {
  read(): Promise<unknown>;
  write(stored: StoredPolicy): Promise<void>;
}

export interface StoredPolicy {
  readonly version: number;
  /** ISO 8601. */
  readonly changedAt: string;
  readonly values: PolicyChanges;
}
