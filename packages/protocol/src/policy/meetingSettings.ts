import * as z from 'zod/mini';
import { LIMITS } from '../limits.ts';
import { AtStart, ChatRule, OpenTo, type RulesForClients } from './clientRules.ts';

export interface MeetingSetting {
  readonly value: z.ZodMiniType;
  /** The value that stands for "not in this service"; null where there is no such thing. */
  readonly off: string | null;
}

/**
 * The settings of what people may do in a meeting. The organisation sets a value for each and says whether a meeting may
 * have another one. None is here that the service does not hold to.
 */
export const MEETING_SETTINGS = {
  /** Held to by the media server: packets of a screen that may not be shared are forwarded to nobody. */
  screenSharing: { value: OpenTo, off: 'off' },
  /** Held to where files are taken in and given out. */
  fileSharing: { value: OpenTo, off: 'off' },
  /**
   * Chat is end-to-end encrypted: to the server a message looks like a raised hand. Clients do not offer it where it is off,
   * and none of them shows what another sends.
   */
  chat: { value: ChatRule, off: 'off' },
  /** Media straight from browser to browser when two are alone. It shows each of them the other's network address. */
  directPath: { value: z.enum(['allowed', 'off']), off: 'off' },
  /** People without an account here. Where they are refused, joining needs a sign-in. */
  guests: { value: z.enum(['allowed', 'refused']), off: 'refused' },
  /** Held to by the server: nothing is forwarded before the client has said that the device is off. */
  microphoneAtStart: { value: AtStart, off: null },
  cameraAtStart: { value: AtStart, off: null },
  /** The largest number of people at once. A smaller one puts nobody out who is inside. */
  participants: {
    value: z.int().check(z.minimum(2), z.maximum(LIMITS.participants)),
    off: null,
  },
} as const satisfies Record<string, MeetingSetting>;

export type MeetingSettingId = keyof typeof MEETING_SETTINGS;
export const MEETING_SETTING_IDS = Object.keys(MEETING_SETTINGS) as readonly MeetingSettingId[];
export type MeetingValue<Id extends MeetingSettingId> = z.output<(typeof MEETING_SETTINGS)[Id]['value']>;

/** The values that hold in one meeting. */
export const MeetingRules = z.strictObject({
  screenSharing: MEETING_SETTINGS.screenSharing.value,
  fileSharing: MEETING_SETTINGS.fileSharing.value,
  chat: MEETING_SETTINGS.chat.value,
  directPath: MEETING_SETTINGS.directPath.value,
  guests: MEETING_SETTINGS.guests.value,
  microphoneAtStart: MEETING_SETTINGS.microphoneAtStart.value,
  cameraAtStart: MEETING_SETTINGS.cameraAtStart.value,
  participants: MEETING_SETTINGS.participants.value,
});
export type MeetingRules = z.infer<typeof MeetingRules>;

/** What one meeting has chosen for itself. It holds wherever the organisation's setting is a default. */
export const MeetingChoices = z.strictObject({
  screenSharing: z.optional(MEETING_SETTINGS.screenSharing.value),
  fileSharing: z.optional(MEETING_SETTINGS.fileSharing.value),
  chat: z.optional(MEETING_SETTINGS.chat.value),
  directPath: z.optional(MEETING_SETTINGS.directPath.value),
  guests: z.optional(MEETING_SETTINGS.guests.value),
  microphoneAtStart: z.optional(MEETING_SETTINGS.microphoneAtStart.value),
  cameraAtStart: z.optional(MEETING_SETTINGS.cameraAtStart.value),
  participants: z.optional(MEETING_SETTINGS.participants.value),
});
export type MeetingChoices = z.infer<typeof MeetingChoices>;

/** The part of it that clients are told. */
export function toClientRules(rules: MeetingRules): RulesForClients {
  const { fileSharing, chat, microphoneAtStart, cameraAtStart } = rules;
  return { fileSharing, chat, microphoneAtStart, cameraAtStart };
}
