import * as z from 'zod/mini';

/** Everybody who is in the meeting, those of them who have an account here, hosts and co-hosts, or nobody. */
export const OpenTo = z.enum(['everybody', 'members', 'hosts', 'off']);
/** `chosen`: as each person chooses before joining. `off`: everybody joins with it off, and turns it on themselves. */
export const AtStart = z.enum(['chosen', 'off']);
/**
 * Who comes straight in; everybody else waits until a host lets them in. Hosts and co-hosts always come straight in. Each one
 * includes those behind it.
 */
export const StraightIn = z.enum(['everybody', 'organisation', 'invited', 'nobody']);
export type StraightIn = z.infer<typeof StraightIn>;
/** `webinar`: hosts, co-hosts and whom they invite on stage speak; everybody else is audience. */
export const MeetingForm = z.enum(['meeting', 'webinar']);
export type MeetingForm = z.infer<typeof MeetingForm>;
/** `hosts`: they alone write, everybody reads. */
export const ChatRule = z.enum(['everybody', 'hosts', 'off']);
/** Messages that one person alone can read. */
export const PrivateChatRule = z.enum(['allowed', 'off']);

/** What a client is told of the rules of the meeting that it is in: what it holds to itself, or need not offer. */
export const RulesForClients = z.strictObject({
  form: MeetingForm,
  fileSharing: OpenTo,
  chat: ChatRule,
  privateChat: PrivateChatRule,
  microphoneAtStart: AtStart,
  cameraAtStart: AtStart,
  straightIn: StraightIn,
});
export type RulesForClients = z.infer<typeof RulesForClients>;
