import * as z from 'zod/mini';
import { SettingId } from './policy.ts';

/**
 * NCSC: "Video conferencing services: security guidance for organisations" (UK). BSI: "Kompendium Videokonferenzsysteme"
 * (KoViKo) and "Mindeststandard des BSI für Videokonferenzdienste" (Germany).
 */
export const PostureList = z.enum(['ncsc', 'bsi']);
export type PostureList = z.infer<typeof PostureList>;

/** `outside`: not for the service to know; somebody has to see to it. `not-offered`: the service cannot do it (yet). */
export const PostureState = z.enum(['met', 'not-met', 'outside', 'not-offered']);
export type PostureState = z.infer<typeof PostureState>;

/** What the lists ask for, point by point, in our words. Texts to each are in the pages. */
export const POSTURE_POINTS = {
  // NCSC
  'ncsc.sign-on': { list: 'ncsc', settings: ['signOn'] },
  'ncsc.second-factor': { list: 'ncsc', settings: ['secondFactor', 'factors'] },
  'ncsc.passwords': { list: 'ncsc', settings: ['passwordLength', 'passwordComposition'] },
  'ncsc.least-privilege': { list: 'ncsc', settings: ['newAccountRole'] },
  'ncsc.unauthenticated': { list: 'ncsc', settings: ['straightIn', 'guests'] },
  'ncsc.lobby': { list: 'ncsc', settings: ['straightIn', 'guests'] },
  'ncsc.passcode': { list: 'ncsc', settings: [] },
  'ncsc.features': { list: 'ncsc', settings: ['screenSharing', 'fileSharing', 'chat'] },
  'ncsc.enforced': { list: 'ncsc', settings: ['screenSharing', 'fileSharing', 'guests', 'straightIn'] },
  'ncsc.encryption': { list: 'ncsc', settings: [] },
  'ncsc.location': { list: 'ncsc', settings: ['storageLocation', 'mediaLocation'] },
  'ncsc.retention': { list: 'ncsc', settings: ['keepUnusedMeetingsDays', 'keepSuspendedAccountsDays'] },
  'ncsc.recording': { list: 'ncsc', settings: [] },
  'ncsc.monitoring': { list: 'ncsc', settings: [] },
  'ncsc.devices': { list: 'ncsc', settings: [] },
  'ncsc.guidance': { list: 'ncsc', settings: [] },
  // BSI
  'bsi.transport': { list: 'bsi', settings: [] },
  'bsi.end-to-end': { list: 'bsi', settings: [] },
  'bsi.authentication': { list: 'bsi', settings: ['secondFactor'] },
  'bsi.roles': { list: 'bsi', settings: ['newAccountRole'] },
  'bsi.admission': { list: 'bsi', settings: ['straightIn', 'guests'] },
  'bsi.waiting-room': { list: 'bsi', settings: [] },
  'bsi.devices-off': { list: 'bsi', settings: ['microphoneAtStart', 'cameraAtStart'] },
  'bsi.screen': { list: 'bsi', settings: ['screenSharing'] },
  'bsi.files': { list: 'bsi', settings: ['fileSharing', 'chat'] },
  'bsi.addresses': { list: 'bsi', settings: ['directPath'] },
  'bsi.sessions': { list: 'bsi', settings: ['sessionIdleDays', 'sessionAbsoluteDays'] },
  'bsi.deletion': {
    list: 'bsi',
    settings: ['keepUnusedMeetingsDays', 'keepSuspendedAccountsDays', 'keepMailsDays'],
  },
  'bsi.rights-of-persons': { list: 'bsi', settings: ['dataContact'] },
  'bsi.location': { list: 'bsi', settings: ['storageLocation', 'mediaLocation'] },
  'bsi.recording': { list: 'bsi', settings: [] },
  'bsi.logging': { list: 'bsi', settings: [] },
  'bsi.updates': { list: 'bsi', settings: [] },
  'bsi.network': { list: 'bsi', settings: [] },
} as const satisfies Record<string, { readonly list: PostureList; readonly settings: readonly SettingId[] }>;

export type PosturePointId = keyof typeof POSTURE_POINTS;
export const PosturePointId = z.enum(Object.keys(POSTURE_POINTS) as [PosturePointId, ...PosturePointId[]]);

export const PosturePoint = z.strictObject({
  id: PosturePointId,
  state: PostureState,
  /** The settings to change, the first one first; empty where there is none. */
  settings: z.array(SettingId),
});
export type PosturePoint = z.infer<typeof PosturePoint>;
