import {
  conflictIn,
  OWN_SETTINGS,
  type Policy,
  type PolicyChanges,
  type PolicyView,
  PRESETS,
  type PresetName,
  SETTING_IDS,
  type SettingId,
  withChanges,
} from '@conclave/protocol';

/** What somebody is about to change, and from where. */
export interface Draft {
  readonly base: PolicyView;
  readonly policy: Policy;
}

export function draftOf(base: PolicyView): Draft {
  return { base, policy: base.policy };
}

/** What the operator's file decides stays as it is. */
export function edit(draft: Draft, changes: PolicyChanges): Draft {
  const free = Object.entries(changes).filter(([id]) => !draft.base.pinned.includes(id as SettingId));
  return { ...draft, policy: withChanges(draft.policy, Object.fromEntries(free)) };
}

/** The settings that are to be others than they are. */
export function changedIn({ base, policy }: Draft): readonly SettingId[] {
  return SETTING_IDS.filter((id) => !isSame(base.policy[id], policy[id]));
}

export function changesIn(draft: Draft): PolicyChanges {
  return Object.fromEntries(changedIn(draft).map((id) => [id, draft.policy[id]]));
}

/** Somebody else has changed the policy meanwhile: what is still to be changed is laid over that. */
export function rebase(draft: Draft, base: PolicyView): Draft {
  return edit(draftOf(base), changesIn(draft));
}

/** Whether saving this would shut out whoever has nothing but a password. */
export function switchesPasswordsOff({ base, policy }: Draft): boolean {
  return policy.signOn === 'sso-only' && base.policy.signOn !== 'sso-only';
}

/** The setting that does not go together with the others, or null. */
export function conflictOf({ policy }: Draft): SettingId | null {
  return conflictIn(policy);
}

/** What would differ if a preset were taken, with what the organisation alone knows left as it is. */
export function presetChanges({ base, policy }: Draft, name: PresetName): PolicyChanges {
  const own: readonly SettingId[] = OWN_SETTINGS;
  const preset: PolicyChanges = PRESETS[name];
  const differs = SETTING_IDS.filter(
    (id) => !own.includes(id) && !base.pinned.includes(id) && !isSame(preset[id], policy[id]),
  );
  return Object.fromEntries(differs.map((id) => [id, preset[id]]));
}

/** The preset that is in force; null when it is a policy of one's own. */
export function presetOf(draft: Draft): PresetName | null {
  const names = Object.keys(PRESETS) as PresetName[];
  return names.find((name) => Object.keys(presetChanges(draft, name)).length === 0) ?? null;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** Lists here are sets: their order says nothing. */
function sorted(value: unknown): unknown {
  return Array.isArray(value) ? value.toSorted() : value;
}
