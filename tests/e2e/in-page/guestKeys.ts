import { forgetGuestKey, guestKeyOf } from '../../../packages/e2ee/src/device-keys/guestKeys.ts';

/** What the worker of a meeting does, for a page that is not one. */
const guestKeys = {
  /** The public half, or why there is a private one to be had. */
  async keyOf(participantId: string): Promise<string> {
    const { publicKey, privateKey } = await guestKeyOf(participantId);
    if (privateKey.extractable) return 'extractable';
    const raw = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
    return Array.from(raw, (byte) => byte.toString(16).padStart(2, '0')).join('');
  },
  forget: forgetGuestKey,
};
export type GuestKeysInPage = typeof guestKeys;

Object.assign(globalThis, { guestKeys });
