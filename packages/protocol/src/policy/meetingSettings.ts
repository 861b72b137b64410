import * as z from 'zod/mini';
import { LIMITS } from '../limits.ts';
import {
  AtStart,
  ChatRule,
  MeetingForm,
  OpenTo,
  PrivateChatRule,
  type RulesForClients,
  StraightIn,
} from './clientRules.ts';

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
  /** Held to by server, media server and group. A meeting that is going on keeps the form that it has begun with. */
  form: { value: MeetingForm, off: 'meeting' },
  /** Held to by the media server: packets of a screen that may not be shared are forwarded to nobody. */
  screenSharing: { value: OpenTo, off: 'off' },
  /** Held to where files are taken in and given out. */
  fileSharing: { value: OpenTo, off: 'off' },
  /**
   * Chat is end-to-end encrypted: to the server a message looks like a raised hand. Clients do not offer it where it is off,
   * and none of them shows what another sends.
   */
  chat: { value: ChatRule, off: 'off' },
  /** Messages to one person. Held to as chat is, and there are none where there is no chat. */
  privateChat: { value: PrivateChatRule, off: 'off' },
  /** Media straight from browser to browser when two are alone. It shows each of them the other's network address. */
  directPath: { value: z.enum(['allowed', 'off']), off: 'off' },
  /** Held to by the server: whoever waits at the door is told nothing and is in no group. */
  straightIn: { value: StraightIn, off: null },
  /** People without an account here. Where they are refused, joining needs a sign-in. */
  guests: { value: z.enum(['allowed', 'refused']), off: 'refused' },
  /** Held to by the server: nothing is forwarded before the client has said that the device is off. */
  microphoneAtStart: { value: AtStart, off: null },
  cameraAtStart: { value: AtStart, off: null },
  /** The largest number of people at once, in a webinar of those on stage. A smaller one puts nobody out who is inside. */
  participants: {
    value: z.int().check(z.minimum(2), z.maximum(LIMITS.participants)),
    off: null,
  },
} as const satisfies Record<string, MeetingSetting>;

export type MeetingSettingId = keyof typeof MEETING_SETTINGS;
export const MEETING_SETTING_IDS = Object.keys(MEETING_SETTINGS) as readonly MeetingSettingId[];
export const MeetingSettingIds = z.enum(MEETING_SETTING_IDS as [MeetingSettingId, ...MeetingSettingId[]]);
export type MeetingValue<Id extends MeetingSettingId> = z.output<(typeof MEETING_SETTINGS)[Id]['value']>;

/** The values that hold in one meeting. */
export const MeetingRules = z.strictObject({
  form: MEETING_SETTINGS.form.value,
  screenSharing: MEETING_SETTINGS.screenSharing.value,
  fileSharing: MEETING_SETTINGS.fileSharing.value,
  chat: MEETING_SETTINGS.chat.value,
  privateChat: MEETING_SETTINGS.privateChat.value,
  directPath: MEETING_SETTINGS.directPath.value,
  straightIn: MEETING_SETTINGS.straightIn.value,
  guests: MEETING_SETTINGS.guests.value,
  microphoneAtStart: MEETING_SETTINGS.microphoneAtStart.value,
  cameraAtStart: MEETING_SETTINGS.cameraAtStart.value,
  participants: MEETING_SETTINGS.participants.value,
});
export type MeetingRules = z.infer<typeof MeetingRules>;

/** What one meeting has chosen for itself. It holds wherever the organisation's setting is a default. */
export const MeetingChoices = z.strictObject({
  form: z.optional(MEETING_SETTINGS.form.value),
  screenSharing: z.optional(MEETING_SETTINGS.screenSharing.value),
  fileSharing: z.optional(MEETING_SETTINGS.fileSharing.value),
  chat: z.optional(MEETING_SETTINGS.chat.value),
  privateChat: z.optional(MEETING_SETTINGS.privateChat.value),
  directPath: z.optional(MEETING_SETTINGS.directPath.value),
  straightIn: z.optional(MEETING_SETTINGS.straightIn.value),
  guests: z.optional(MEETING_SETTINGS.guests.value),
  microphoneAtStart: z.optional(MEETING_SETTINGS.microphoneAtStart.value),
  cameraAtStart: z.optional(MEETING_SETTINGS.cameraAtStart.value),
  participants: z.optional(MEETING_SETTINGS.participants.value),
});
export type MeetingChoices = z.infer<typeof MeetingChoices>;

/** The part of it that clients are told. */
export function toClientRules(rules: MeetingRules): RulesForClients {
  const { form, fileSharing, chat, privateChat, microphoneAtStart, cameraAtStart, straightIn } = rules;
  return { form, fileSharing, chat, privateChat, microphoneAtStart, cameraAtStart, straightIn };
}
