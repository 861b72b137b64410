import * as z from 'zod/mini';
import { MEETING_SETTINGS, type MeetingSettingId } from './meetingSettings.ts';
import { SERVICE_SETTINGS, type ServiceSettingId } from './serviceSettings.ts';

/** Enforced: every meeting has this value. Default: a meeting has it until its host chooses another one. */
function fixed<S extends z.ZodMiniType>(value: S) {
  return z.strictObject({ mode: z.enum(['enforced', 'default']), value });
}

/** Besides, a feature may be off for the whole service. */
function feature<S extends z.ZodMiniType>(value: S) {
  return z.discriminatedUnion('mode', [
    z.strictObject({ mode: z.literal('enforced'), value }),
    z.strictObject({ mode: z.literal('default'), value }),
    z.strictObject({ mode: z.literal('off') }),
  ]);
}

const settings = {
  form: feature(MEETING_SETTINGS.form.value),
  screenSharing: feature(MEETING_SETTINGS.screenSharing.value),
  fileSharing: feature(MEETING_SETTINGS.fileSharing.value),
  chat: feature(MEETING_SETTINGS.chat.value),
  privateChat: feature(MEETING_SETTINGS.privateChat.value),
  directPath: feature(MEETING_SETTINGS.directPath.value),
  straightIn: fixed(MEETING_SETTINGS.straightIn.value),
  guests: feature(MEETING_SETTINGS.guests.value),
  microphoneAtStart: fixed(MEETING_SETTINGS.microphoneAtStart.value),
  cameraAtStart: fixed(MEETING_SETTINGS.cameraAtStart.value),
  participants: fixed(MEETING_SETTINGS.participants.value),
  ...SERVICE_SETTINGS,
} as const satisfies Record<MeetingSettingId | ServiceSettingId, z.ZodMiniType>;

export type SettingId = keyof typeof settings;
export const SETTING_IDS = Object.keys(settings) as readonly SettingId[];
export const SettingId = z.enum(SETTING_IDS as [SettingId, ...SettingId[]]);
export const SETTING_SCHEMAS = settings;

/** Everything that an organisation decides about its service. */
export const Policy = z.strictObject(settings);
export type Policy = z.infer<typeof Policy>;

/** Spelled out here, and not by what zod has for it: that would be in the scripts of every page. */
type Optional = { readonly [Id in SettingId]: z.ZodMiniOptional<(typeof settings)[Id]> };
const optional = Object.fromEntries(
  Object.entries(settings).map(([id, schema]) => [id, z.optional(schema as z.ZodMiniType)]),
) as unknown as Optional;
/** Some of it. */
export const PolicyChanges = z.strictObject(optional);
export type PolicyChanges = z.infer<typeof PolicyChanges>;

export function isMeetingSetting(id: SettingId): id is MeetingSettingId {
  return Object.hasOwn(MEETING_SETTINGS, id);
}

/**
 * Settings that do not go together: each would say what the other takes back.
 * @returns the setting that is wrong, or null
 */
export function conflictIn(policy: Policy): SettingId | null {
  if (policy.passwordLength < 15 && policy.secondFactor !== 'everybody') return 'passwordLength';
  if (policy.sessionIdleDays > policy.sessionAbsoluteDays) return 'sessionIdleDays';
  return null;
}

/** The policy with these changes in it. */
export function withChanges(policy: Policy, changes: PolicyChanges): Policy {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...policy, ...Object.fromEntries(given) };
}
