import type { SettingsStore } from '../../storage/SettingsStore.ts';
import type { PolicyStorage } from './ports.ts';
import { StoredPolicySchema } from './readStoredPolicy.ts';

const key = 'policy';

/** The policy among the settings that are kept in the database. */
export function policyStorage(settings: SettingsStore): PolicyStorage {
  return {
    read: () => settings.read(key, StoredPolicySchema),
    write: (stored) => settings.write(key, StoredPolicySchema, stored),
  };
}
