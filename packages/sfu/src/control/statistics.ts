import * as z from 'zod/mini';
import { Id } from './media.ts';

const count = z.number();

/** How well a participant sends (`up`) and receives (`down`), for others to see. */
export const QualityLevel = z.enum(['good', 'fair', 'poor']);
export type QualityLevel = z.infer<typeof QualityLevel>;
export const PeerQuality = z.strictObject({ peer: Id, up: QualityLevel, down: QualityLevel });
export type PeerQuality = z.infer<typeof PeerQuality>;

/** A room during the last second. Packets and bits a second. */
export const RoomSummary = z.strictObject({
  room: Id,
  peers: count,
  packetsIn: count,
  packetsOut: count,
  bitrateIn: count,
  bitrateOut: count,
});
export type RoomSummary = z.infer<typeof RoomSummary>;

/** A worker process during the last second. */
export const WorkerSummary = z.strictObject({
  /** The share of the time in which the one thread that handles packets was busy and had a processor, about, 0 to 1. */
  load: count,
  /** CPU of all its threads, in cores. */
  cpu: count,
  /** The longest that a timer was late, ms. */
  lag: count,
  /** Resident, bytes. */
  memory: count,
  peers: count,
  packetsIn: count,
  packetsOut: count,
  rooms: z.array(RoomSummary),
});
export type WorkerSummary = z.infer<typeof WorkerSummary>;
