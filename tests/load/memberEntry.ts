import { fromBase64Url, makeDeviceKey, PendingJoiner, toBase64Url } from '@conclave/e2ee';
import { groupEntry } from '../dev-env/groupEntry.ts';

/** What a guest brings whom the members of the group can add: a KeyPackage that proves the passcode. */
export async function memberEntry(meetingId: string, psk: string, name: string) {
  const { participantId, invitation } = groupEntry();
  const notAfter = Date.now() + 48 * 60 * 60 * 1_000;
  const me = { kind: 'guest', participantId, name, notAfter, device: await makeDeviceKey() } as const;
  const joiner = await PendingJoiner.prepare({ meetingId, psk: fromBase64Url(psk), me });
  return { participantId, invitation, keyPackage: toBase64Url(joiner.keyPackage) };
}
