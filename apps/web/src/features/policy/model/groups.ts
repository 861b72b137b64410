import type { SettingId } from '@conclave/protocol';

/** The settings, in the order in which they are shown. */
export const GROUPS = {
  meetings: [
    'guests',
    'screenSharing',
    'fileSharing',
    'chat',
    'microphoneAtStart',
    'cameraAtStart',
    'directPath',
    'participants',
  ],
  signIn: ['signOn', 'secondFactor', 'factors', 'passwordLength', 'passwordComposition', 'newAccountRole'],
  sessions: ['sessionIdleDays', 'sessionAbsoluteDays'],
  retention: ['keepUnusedMeetingsDays', 'keepSuspendedAccountsDays', 'keepMailsDays', 'keepDevicesDays'],
  about: ['storageLocation', 'mediaLocation', 'dataContact'],
} as const satisfies Record<string, readonly SettingId[]>;

export type GroupName = keyof typeof GROUPS;
export const GROUP_NAMES = Object.keys(GROUPS) as readonly GroupName[];

/** Where a link to a setting leads to. */
export function anchorOf(id: SettingId): string {
  return `setting-${id}`;
}
