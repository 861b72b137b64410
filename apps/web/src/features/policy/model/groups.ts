import type { SettingId } from '@conclave/protocol';

/** The settings, in the order in which they are shown. */
export const GROUPS = {
  meetings: [
    'form',
    'straightIn',
    'guests',
    'screenSharing',
    'fileSharing',
    'chat',
    'privateChat',
    'microphoneAtStart',
    'cameraAtStart',
    'directPath',
    'participants',
  ],
  calls: ['calls', 'directory'],
  signIn: ['signOn', 'secondFactor', 'factors', 'passwordLength', 'passwordComposition', 'newAccountRole'],
  sessions: ['sessionIdleDays', 'sessionAbsoluteDays'],
  retention: [
    'keepUnusedMeetingsDays',
    'keepSuspendedAccountsDays',
    'keepMailsDays',
    'keepDevicesDays',
    'keepMissedCallsDays',
  ],
  about: ['storageLocation', 'mediaLocation', 'dataContact'],
} as const satisfies Record<string, readonly SettingId[]>;

export type GroupName = keyof typeof GROUPS;
export const GROUP_NAMES = Object.keys(GROUPS) as readonly GroupName[];

/** Where a link to a setting leads to. */
export function anchorOf(id: SettingId): string {
  return `setting-${id}`;
}
