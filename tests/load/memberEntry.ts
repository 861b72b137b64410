import { fromBase64Url, makeDeviceKey, PendingJoiner, toBase64Url } from '@conclave/e2ee';
import { groupEntry } from '../dev-env/groupEntry.ts';

/**
 * What somebody brings to a webinar whom the members of the group can add: a KeyPackage that proves the passcode. That of its
 * audience names nobody.
 */
export async function memberEntry(meetingId: string, psk: string, name: string, isHost: boolean) {
  const { participantId, invitation } = groupEntry();
  const notAfter = Date.now() + 48 * 60 * 60 * 1_000;
  const self = { participantId, notAfter, device: await makeDeviceKey() };
  const named = { kind: 'guest', name, ...self } as const;
  const joiner = await PendingJoiner.prepare({
    ...{ meetingId, psk: fromBase64Url(psk) },
    me: isHost ? named : { kind: 'unnamed', ...self },
    introducing: isHost ? null : named,
  });
  const { keyPackage, introduction } = joiner;
  return {
    ...{ participantId, invitation, keyPackage: toBase64Url(keyPackage) },
    introduction: introduction === null ? null : toBase64Url(introduction),
  };
}
