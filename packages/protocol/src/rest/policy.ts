import * as z from 'zod/mini';
import { Instant } from '../ids.ts';
import { Policy, PolicyChanges, SETTING_SCHEMAS, SettingId } from '../policy/policy.ts';
import { PosturePoint } from '../policy/posture.ts';

/** The policy as it stands. `pinned`: settings that the operator's configuration file decides. */
export const PolicyView = z.strictObject({
  /** Counts the changes. */
  version: z.int(),
  policy: Policy,
  pinned: z.array(SettingId),
  changedAt: z.nullable(Instant),
});
export type PolicyView = z.infer<typeof PolicyView>;

/** `version` is the one that the change was made from: `policy.stale` when there is a newer one. */
export const ChangePolicy = z.strictObject({
  version: z.int().check(z.minimum(0)),
  changes: PolicyChanges,
});
export type ChangePolicy = z.infer<typeof ChangePolicy>;

/** What meetings may choose, for whoever has some: the organisation's settings of meetings, and no others. */
const { form, screenSharing, fileSharing, chat, privateChat, directPath, straightIn, guests } =
  SETTING_SCHEMAS;
const { microphoneAtStart, cameraAtStart, participants } = SETTING_SCHEMAS;
export const MeetingPolicy = z.strictObject({
  screenSharing,
  fileSharing,
  chat,
  form,
  privateChat,
  directPath,
  straightIn,
  guests,
  microphoneAtStart,
  cameraAtStart,
  participants,
});
export type MeetingPolicy = z.infer<typeof MeetingPolicy>;

export const Posture = z.strictObject({ points: z.array(PosturePoint) });
export type Posture = z.infer<typeof Posture>;

/** What everybody may know about the service: what its operator says, and what it can say itself. */
export const About = z.strictObject({
  storageLocation: z.string(),
  mediaLocation: z.string(),
  dataContact: z.string(),
  /** Whether media of two people may go straight from browser to browser in some meeting. */
  directPath: z.boolean(),
  /** Hosts of the relays that media may go through. */
  relays: z.array(z.string()),
  /** Whether the database is in the data folder of the service, or on a server of its own. */
  database: z.enum(['own', 'server']),
  /** For whoever chooses a password. */
  passwordLength: z.int(),
  passwordComposition: Policy.def.shape.passwordComposition,
  keepUnusedMeetingsDays: Policy.def.shape.keepUnusedMeetingsDays,
  keepSuspendedAccountsDays: Policy.def.shape.keepSuspendedAccountsDays,
  keepMailsDays: Policy.def.shape.keepMailsDays,
  keepDevicesDays: Policy.def.shape.keepDevicesDays,
  keepMissedCallsDays: Policy.def.shape.keepMissedCallsDays,
  sessionAbsoluteDays: Policy.def.shape.sessionAbsoluteDays,
});
export type About = z.infer<typeof About>;
