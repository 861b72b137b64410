import * as z from 'zod/mini';
import type { Policy, SettingId } from './policy.ts';

export const PresetName = z.enum(['open', 'standard', 'strict']);
export type PresetName = z.infer<typeof PresetName>;

/** What a preset says nothing about: only the organisation knows it. */
export const OWN_SETTINGS = [
  'storageLocation',
  'mediaLocation',
  'dataContact',
  'newAccountRole',
  'signOn',
] as const satisfies SettingId[];
export type OwnSetting = (typeof OWN_SETTINGS)[number];
export type Preset = Omit<Policy, OwnSetting>;

const standard: Preset = {
  form: { mode: 'default', value: 'meeting' },
  screenSharing: { mode: 'default', value: 'everybody' },
  fileSharing: { mode: 'default', value: 'everybody' },
  chat: { mode: 'default', value: 'everybody' },
  privateChat: { mode: 'default', value: 'allowed' },
  directPath: { mode: 'off' },
  straightIn: { mode: 'default', value: 'organisation' },
  guests: { mode: 'default', value: 'allowed' },
  microphoneAtStart: { mode: 'default', value: 'off' },
  cameraAtStart: { mode: 'default', value: 'off' },
  participants: { mode: 'default', value: 300 },
  passwordLength: 15,
  passwordComposition: 'any',
  secondFactor: 'nobody',
  factors: ['totp', 'passkey', 'email', 'sms'],
  sessionIdleDays: 14,
  sessionAbsoluteDays: 60,
  keepUnusedMeetingsDays: 365,
  keepSuspendedAccountsDays: 365,
  keepMailsDays: 30,
  keepDevicesDays: 180,
  calls: 'contacts',
  directory: 'everybody',
  keepMissedCallsDays: 30,
};

/**
 * Open: everything that the product can do, for people who know each other. Standard: what the service has when nobody has
 * chosen anything. Strict: what the NCSC's guidance on video conferencing and the BSI's minimum standard ask for, as far as
 * it can be set here.
 */
export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  open: {
    ...standard,
    directPath: { mode: 'default', value: 'allowed' },
    straightIn: { mode: 'default', value: 'everybody' },
    microphoneAtStart: { mode: 'default', value: 'chosen' },
    cameraAtStart: { mode: 'default', value: 'chosen' },
    sessionIdleDays: 30,
    sessionAbsoluteDays: 90,
    keepUnusedMeetingsDays: null,
    keepSuspendedAccountsDays: null,
  },
  standard,
  strict: {
    ...standard,
    screenSharing: { mode: 'default', value: 'members' },
    fileSharing: { mode: 'default', value: 'members' },
    privateChat: { mode: 'off' },
    directPath: { mode: 'off' },
    straightIn: { mode: 'default', value: 'invited' },
    guests: { mode: 'default', value: 'refused' },
    microphoneAtStart: { mode: 'enforced', value: 'off' },
    cameraAtStart: { mode: 'enforced', value: 'off' },
    participants: { mode: 'default', value: 50 },
    secondFactor: 'everybody',
    factors: ['totp', 'passkey'],
    sessionIdleDays: 1,
    sessionAbsoluteDays: 7,
    keepUnusedMeetingsDays: 90,
    keepSuspendedAccountsDays: 90,
    keepMailsDays: 7,
    keepDevicesDays: 30,
    calls: 'organisation',
    directory: 'organisers',
    keepMissedCallsDays: 7,
  },
};

/** The policy of a service whose organisation has decided nothing yet. */
export const FIRST_POLICY: Policy = {
  ...standard,
  newAccountRole: 'organiser',
  signOn: 'password-and-sso',
  storageLocation: '',
  mediaLocation: '',
  dataContact: '',
};
