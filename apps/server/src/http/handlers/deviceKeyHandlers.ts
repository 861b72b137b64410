import type { DEVICE_KEY_ROUTES } from '@conclave/protocol';
import type { Context } from '../../context.ts';
import { announceDeviceKey, listDeviceKeys, revokeDeviceKey } from '../../features/accounts/deviceKeys.ts';
import type { HandlersOf } from './types.ts';

export function createDeviceKeyHandlers({
  accountsPorts: accounts,
}: Context): HandlersOf<typeof DEVICE_KEY_ROUTES> {
  return {
    announceDeviceKey: ({ caller, body, from }) =>
      announceDeviceKey(accounts, caller, body.publicKey, from.userAgent),
    listDeviceKeys: async ({ caller }) => ({ keys: await listDeviceKeys(accounts, caller) }),
    async revokeDeviceKey({ caller, params }) {
      await revokeDeviceKey(accounts, caller, params.id);
      return undefined;
    },
  };
}
