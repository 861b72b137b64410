import * as z from 'zod/mini';

/** Everybody who is in the meeting, those of them who have an account here, or nobody. */
export const OpenTo = z.enum(['everybody', 'members', 'off']);
/** `chosen`: as each person chooses before joining. `off`: everybody joins with it off, and turns it on themselves. */
export const AtStart = z.enum(['chosen', 'off']);
export const ChatRule = z.enum(['everybody', 'off']);

/** What a client is told of the rules of the meeting that it is in: what it holds to itself, or need not offer. */
export const RulesForClients = z.strictObject({
  fileSharing: OpenTo,
  chat: ChatRule,
  microphoneAtStart: AtStart,
  cameraAtStart: AtStart,
});
export type RulesForClients = z.infer<typeof RulesForClients>;
