import { BrowserDevices, type DevicesOptions } from './devices/BrowserDevices.ts';
import type { Devices } from './devices/types.ts';

export type {
  GroupPerson,
  GroupView,
  PersonCode,
  PersonRef,
  PersonVerification,
  RoomCodeView,
  VerificationView,
} from '@conclave/e2ee';
export {
  CHAT_TEXT_LIMIT,
  deviceCode,
  forgetDeviceKey,
  formatPasscode,
  fromBase64Url,
  keptDevicePublicKey,
  POLL_LIMITS,
  parsePasscode,
  QUESTION_LIMITS,
  REACTIONS,
  type Reaction,
  toBase64Url,
  toPollText,
} from '@conclave/e2ee';
export type * from './breakout/types.ts';
export type { Poll, PollDraft, PollOption } from './conversation/polls/types.ts';
export type { Question, Questions } from './conversation/questions/types.ts';
export * from './conversation/types.ts';
export type { DevicesOptions } from './devices/BrowserDevices.ts';
export * from './devices/types.ts';
export type { MeetingVerification } from './encryption/Verification.ts';
export type { FileProblem, FileState, SharedFile } from './files/types.ts';
export { createMeeting } from './meeting/createMeeting.ts';
export type { Doubt } from './meeting/doubts.ts';
export type { Identity } from './meeting/Entrance.ts';
export type { LobbyKnock } from './meeting/LobbyWatch.ts';
export type * from './meeting/moderating.ts';
export { newMeetingSecret, newPasscode } from './meeting/newMeeting.ts';
export * from './meeting/types.ts';
export { type Observable, State } from './observable.ts';

export function createDevices(options: DevicesOptions = {}): Devices {
  return new BrowserDevices(options);
}
