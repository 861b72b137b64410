import { toBase64Url } from '../base64url.ts';
import { BrowserPins, type PinStore } from '../worker/verification/PinStore.ts';
import { judge } from '../worker/verification/pins.ts';

/**
 * Whether a device that answers a call is another one than those that this browser has met of the account, where a meeting
 * would ask as well: the server says whose device it is, and anybody can sign with a key of their own. Nothing is remembered
 * by this; that is for the meeting that follows.
 *
 * @param name by which the callee is known here
 */
export async function isStrangeDevice(
  { accountId, name }: { readonly accountId: string; readonly name: string },
  device: Uint8Array,
  pins: PinStore = new BrowserPins(),
): Promise<boolean> {
  const known = await pins.update(accountId, (before) => before);
  return judge(known, toBase64Url(device), name) === 'changed';
}
