import { AnnounceDeviceKey, DeviceKeyList, DeviceKeyParams, DeviceKeyState } from './deviceKeys.ts';
import type { RouteTable } from './route.ts';

/** The keys of one's own browsers. */
export const DEVICE_KEY_ROUTES = {
  announceDeviceKey: {
    method: 'PUT',
    path: '/me/device-keys',
    access: 'account',
    body: AnnounceDeviceKey,
    response: DeviceKeyState,
  },
  listDeviceKeys: { method: 'GET', path: '/me/device-keys', access: 'account', response: DeviceKeyList },
  /** Ends the sessions of the browser that has it, too. */
  revokeDeviceKey: {
    method: 'DELETE',
    path: '/me/device-keys/:id',
    access: 'account',
    stepUp: true,
    params: DeviceKeyParams,
    response: null,
  },
} as const satisfies RouteTable;
