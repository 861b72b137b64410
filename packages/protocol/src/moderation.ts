import * as z from 'zod/mini';
import { BREAKOUT_MODERATIONS } from './breakout.ts';
import { ParticipantId } from './ids.ts';
import { LIMITS } from './limits.ts';
import { ChatRule } from './policy/clientRules.ts';
import { DisplayName } from './text.ts';

/** What hosts may do in a meeting. A host has all of them; a co-host has those that were handed over. */
export const CONTROLS = [
  /** See who waits, let in and turn away. */
  'admit',
  /** Mute, stop cameras and screens, and decide who may start them. */
  'media',
  /** Remove somebody, and keep them out. */
  'remove',
  /** Lock and unlock the meeting. */
  'lock',
  /** Show somebody large to everybody. */
  'spotlight',
  /** Delete messages, decide who writes, close polls. */
  'chat',
  /** Lower hands. */
  'hands',
  /** Open breakout rooms, move people between them, speak to all of them. */
  'breakout',
  /** Make co-hosts. Nobody hands over what they do not have. */
  'appoint',
  /** End the meeting for everybody. */
  'end',
] as const;
export const Control = z.enum(CONTROLS);
export type Control = z.infer<typeof Control>;
/** What somebody gets who is made a co-host without a choice of controls. */
export const COHOST_CONTROLS: readonly Control[] = CONTROLS.filter(
  (control) => control !== 'appoint' && control !== 'end',
);

const unique = <T>(values: readonly T[]) => new Set(values).size === values.length;
export const Controls = z
  .array(Control)
  .check(z.maxLength(CONTROLS.length), z.refine(unique, { error: 'names one twice' }));

/**
 * How somebody has come in. `host`: hosts and co-hosts always may. `account`: signed in, where that is enough. `invited`: by
 * an invitation of their own. `passcode`: where everybody who knows it may. `admitted`: a host has let them in.
 */
export const Entry = z.enum(['host', 'account', 'invited', 'passcode', 'admitted']);
export type Entry = z.infer<typeof Entry>;

/** What a host stops or holds. A screen's sound goes with the screen. */
export const ModeratedSource = z.enum(['microphone', 'camera', 'screen']);
export type ModeratedSource = z.infer<typeof ModeratedSource>;
const sources = z
  .array(ModeratedSource)
  .check(z.minLength(1), z.maxLength(3), z.refine(unique, { error: 'names one twice' }));

/** Of each source: whether it may not be started. */
export const Held = z.strictObject({ microphone: z.boolean(), camera: z.boolean(), screen: z.boolean() });
export type Held = z.infer<typeof Held>;

/** What hosts have ordered for all of a meeting. It holds until it is taken back or nobody is left. */
export const MeetingOrders = z.strictObject({
  /** Of a webinar: that it has begun. Before, hosts practise, and whoever is not let in by them waits. */
  live: z.boolean(),
  /** Nobody comes in any more but hosts, and whoever is inside and has lost the connection. */
  locked: z.boolean(),
  /** For everybody but hosts and co-hosts, and but those to whom it was given one by one. */
  held: Held,
  /** Null: as the meeting's rules say. A host can only make it narrower. */
  chat: z.nullable(ChatRule),
  /** Shown large to everybody, in this order. */
  spotlight: z.array(ParticipantId),
});
export type MeetingOrders = z.infer<typeof MeetingOrders>;
export const NO_ORDERS: MeetingOrders = Object.freeze({
  live: false,
  locked: false,
  held: Object.freeze({ microphone: false, camera: false, screen: false }),
  chat: null,
  spotlight: [],
});

/** Somebody who may not come in again. */
export const Removed = z.strictObject({
  /** Of the stay that was ended. */
  participantId: ParticipantId,
  name: DisplayName,
  /** For good, and not only for as long as the meeting goes on. */
  lasting: z.boolean(),
});
export type Removed = z.infer<typeof Removed>;

const someone = (max: number) =>
  z.array(ParticipantId).check(z.maxLength(max), z.refine(unique, { error: 'names one twice' }));

/** Some people, or all but some. Hosts and co-hosts are among `all` for nobody. */
export const Whom = z.discriminatedUnion('who', [
  z.strictObject({
    who: z.literal('some'),
    participantIds: someone(LIMITS.participants).check(z.minLength(1)),
  }),
  z.strictObject({ who: z.literal('all'), except: someone(LIMITS.participants) }),
]);
export type Whom = z.infer<typeof Whom>;

export const ReportReason = z.enum(['disruptive', 'unknown-person', 'spam', 'something-else']);
export type ReportReason = z.infer<typeof ReportReason>;

/** What a host, or a co-host with the control for it, does. */
export const Moderation = z.discriminatedUnion('action', [
  /** Turned off now; they may start it again. Control `media`. */
  z.strictObject({ action: z.literal('stop'), sources, whom: Whom }),
  /**
   * `held`: turned off now, and they may not start it. Not `held`: they may again. Said of all, it is an order for those too
   * who come later. Control `media`.
   */
  z.strictObject({ action: z.literal('hold'), sources, whom: Whom, held: z.boolean() }),
  /**
   * Out, at once. `ban`: for good, by account, invitation and browser, whichever way they came. Whoever came with nothing
   * but the passcode is kept out for as long as the meeting goes on, and waits at the door afterwards. Control `remove`.
   */
  z.strictObject({ action: z.literal('remove'), participantId: ParticipantId, ban: z.boolean() }),
  /** Takes a removal back, by the id of the stay that it ended. Control `remove`. */
  z.strictObject({ action: z.literal('let-back'), participantId: ParticipantId }),
  z.strictObject({ action: z.literal('lock'), locked: z.boolean() }),
  z.strictObject({ action: z.literal('spotlight'), participantIds: someone(LIMITS.spotlight) }),
  z.strictObject({ action: z.literal('chat'), chat: z.nullable(ChatRule) }),
  /**
   * The emergency: locks, stops and holds microphones, cameras and screens of all but hosts, and switches the chat off.
   * Whoever has `lock` and `media`.
   */
  z.strictObject({ action: z.literal('secure') }),
  /** Makes somebody with an account a co-host with these controls; none of them: a participant like others. */
  z.strictObject({ action: z.literal('appoint'), participantId: ParticipantId, controls: Controls }),
  /** Of a webinar: asks somebody of the audience on stage, or takes them back. Control `media`. */
  z.strictObject({ action: z.literal('stage'), participantId: ParticipantId, onStage: z.boolean() }),
  /** Begins a webinar: those who wait and would come straight in do so. Not to be taken back. Control `admit`. */
  z.strictObject({ action: z.literal('live') }),
  z.strictObject({ action: z.literal('end') }),
  ...BREAKOUT_MODERATIONS,
]);
export type Moderation = z.infer<typeof Moderation>;
export type BreakoutModeration = Extract<
  Moderation,
  { action: 'open-rooms' | 'assign-room' | 'time-rooms' | 'close-rooms' }
>;
/** All else that hosts do. */
export type OrderModeration = Exclude<Moderation, BreakoutModeration>;
export const ModerationAction = z.enum([
  'stop',
  'hold',
  'remove',
  'let-back',
  'lock',
  'spotlight',
  'chat',
  'secure',
  'appoint',
  'stage',
  'live',
  'end',
  'open-rooms',
  'assign-room',
  'time-rooms',
  'close-rooms',
] satisfies Moderation['action'][]);
