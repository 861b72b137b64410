import { forgetDeviceKey, keptDevicePublicKey, type Meeting, toBase64Url } from '@conclave/client';
import { DEVICE_KEY_ROUTES } from '@conclave/protocol';
import { call } from '../../../api/call.ts';

/**
 * Tells the account's log of this browser's key, once somebody is in a meeting with it. One that was revoked is forgotten: in
 * this meeting it is still used, from the next one on it is another.
 */
export function announceDevice(accountId: string, meeting: Meeting): () => void {
  let stop = () => {};
  const look = () => {
    if (meeting.state.get().phase.name !== 'joined') return;
    stop();
    // Without it the meeting goes on all the same.
    announce(accountId).catch(() => {});
  };
  stop = meeting.state.subscribe(look);
  look();
  return () => stop();
}

async function announce(accountId: string): Promise<void> {
  const key = await keptDevicePublicKey(accountId);
  if (key === null) return;
  const { revoked } = await call(DEVICE_KEY_ROUTES.announceDeviceKey, {
    body: { publicKey: toBase64Url(key) },
  });
  if (revoked) await forgetDeviceKey(accountId);
}
