import * as z from 'zod/mini';
import { Id, OFFER_LIMITS, OfferLine, SourceSet, VideoCodec, View } from './media.ts';
import { RoomStats } from './stats.ts';

const id = z.int().check(z.minimum(0));
const room = Id;
const peer = Id;

/** How a worker runs; sent once, before anything else. */
export const WorkerOptions = z.strictObject({
  udpPort: z.int().check(z.minimum(1), z.maximum(65_535)),
  /** For ICE-TCP; none without it. */
  tcpPort: z.optional(z.int().check(z.minimum(1), z.maximum(65_535))),
  bindAddress: z.optional(z.string().check(z.maxLength(64))),
  announcedAddresses: z.optional(z.array(z.string().check(z.maxLength(64))).check(z.maxLength(16))),
  maxIncomingBitrate: z.optional(z.int().check(z.minimum(100_000))),
  /** The codecs of pictures that may be used, the most wished for first. */
  codecs: z.optional(z.array(VideoCodec).check(z.minLength(1), z.maxLength(VideoCodec.options.length))),
});
export type WorkerOptions = z.infer<typeof WorkerOptions>;

export const ConnectRequest = z.strictObject({
  id,
  type: z.literal('connect'),
  room,
  peer,
  offer: z.string().check(z.maxLength(OFFER_LIMITS.characters)),
  lines: z.array(OfferLine).check(z.maxLength(OFFER_LIMITS.lines)),
  allowed: SourceSet,
  sources: SourceSet,
  sends: z.optional(z.array(VideoCodec).check(z.maxLength(VideoCodec.options.length))),
});

/** Host → worker. Each is answered by exactly one Reply with its id. */
export const Request = z.discriminatedUnion('type', [
  z.strictObject({ id, type: z.literal('start'), options: WorkerOptions }),
  z.strictObject({ id, type: z.literal('openRoom'), room }),
  z.strictObject({ id, type: z.literal('closeRoom'), room }),
  ConnectRequest,
  z.strictObject({ id, type: z.literal('disconnect'), room, peer }),
  z.strictObject({ id, type: z.literal('setAllowed'), room, peer, allowed: SourceSet }),
  z.strictObject({ id, type: z.literal('setSources'), room, peer, sources: SourceSet }),
  z.strictObject({ id, type: z.literal('setView'), room, peer, view: View }),
  z.strictObject({ id, type: z.literal('stats'), room }),
]);
export type Request = z.infer<typeof Request>;
export type RequestOf<T extends Request['type']> = Extract<Request, { type: T }>;

const Nothing = z.strictObject({});

/** What each request is answered with. */
export const RESULTS = {
  start: Nothing,
  openRoom: Nothing,
  closeRoom: Nothing,
  connect: z.strictObject({ answer: z.string() }),
  disconnect: Nothing,
  setAllowed: Nothing,
  setSources: Nothing,
  setView: Nothing,
  stats: RoomStats,
} as const satisfies Record<Request['type'], z.ZodMiniType>;
export type ResultOf<T extends Request['type']> = z.infer<(typeof RESULTS)[T]>;
