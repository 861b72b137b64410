import * as z from 'zod/mini';
import { Id, Slot, Wanted } from './media.ts';
import { SfuErrorCode } from './SfuError.ts';
import { PeerQuality, WorkerSummary } from './statistics.ts';

const room = Id;
const peer = Id;

/** What happens in a worker by itself. */
export const WorkerEvent = z.discriminatedUnion('type', [
  /** The whole list for that viewer, each time it changes. */
  z.strictObject({ type: z.literal('slots'), room, peer, slots: z.array(Slot) }),
  /** What of this peer's somebody watches; everything else is paused at the sender. */
  z.strictObject({ type: z.literal('wanted'), room, peer, wanted: Wanted }),
  /** Who speaks, the loudest first; only on change. */
  z.strictObject({ type: z.literal('speakers'), room, speakers: z.array(Id) }),
  /** Whose connection has become better or worse; everybody's that is not good, when somebody is new. */
  z.strictObject({ type: z.literal('quality'), room, qualities: z.array(PeerQuality) }),
  /** Once a second. */
  z.strictObject({ type: z.literal('statistics'), statistics: WorkerSummary }),
  z.strictObject({
    type: z.literal('transport'),
    room,
    peer,
    state: z.enum(['connected', 'disconnected', 'failed', 'closed']),
    /** Why we have closed it: it sent far too much for seconds, or from far too many SSRCs. */
    reason: z.optional(z.enum(['flood', 'sources'])),
  }),
]);
export type WorkerEvent = z.infer<typeof WorkerEvent>;

export const LogRecord = z.looseObject({
  level: z.enum(['debug', 'info', 'warn', 'error']),
  message: z.string(),
});
export type LogRecord = z.infer<typeof LogRecord>;

/** Worker → host. `result` is checked by the schema of the request that it answers. */
export const WorkerMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('result'), id: z.int(), result: z.unknown() }),
  z.strictObject({ kind: z.literal('failure'), id: z.int(), code: SfuErrorCode, message: z.string() }),
  /** In the order in which they happened. */
  z.strictObject({ kind: z.literal('events'), events: z.array(WorkerEvent) }),
  z.strictObject({ kind: z.literal('log'), record: LogRecord }),
]);
export type WorkerMessage = z.infer<typeof WorkerMessage>;
