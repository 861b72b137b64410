import * as z from 'zod/mini';
import { CameraLayer, Id, LineUse, Mid } from './media.ts';

const count = z.number();

/** One stream that a peer sends to us, since it was first seen. */
export const UpstreamStats = z.strictObject({
  use: LineUse,
  rid: z.nullable(CameraLayer),
  ssrc: count,
  packets: count,
  bytes: count,
  /** Cumulative (RFC 3550, section 6.4.1); repaired packets are not lost. */
  packetsLost: count,
  /** Interarrival jitter, ms. */
  jitter: count,
  /** Packets that came as retransmissions. */
  packetsRepaired: count,
  keyFrames: count,
  nacksSent: count,
  keyFrameRequestsSent: count,
  /** bit/s over the last second. */
  bitrate: count,
});
export type UpstreamStats = z.infer<typeof UpstreamStats>;

/** One slot of a viewer. */
export const SlotStats = z.strictObject({
  mid: Mid,
  use: LineUse,
  participantId: z.nullable(Id),
  layer: z.nullable(CameraLayer),
  packets: count,
  bytes: count,
  packetsRetransmitted: count,
  /** Requests for packets by NACK, and by the receiver for key frames. */
  nacksReceived: count,
  keyFrameRequestsReceived: count,
  /** Last reported by the receiver, 0 to 1. */
  fractionLost: count,
});
export type SlotStats = z.infer<typeof SlotStats>;

/** The path to a peer. */
export const DownlinkStats = z.strictObject({
  /** What it carries, bit/s; null before anything is known. */
  estimate: z.nullable(count),
  /** Transport-wide feedback, else the receiver's own estimate. */
  source: z.enum(['transport-cc', 'remb', 'none']),
  /** The share of packets that gets lost, 0 to 1, and how long packets wait in queues, ms; null: not known. */
  loss: z.nullable(count),
  queueDelay: z.nullable(count),
  /** More is being tried now. */
  probing: z.boolean(),
});
export type DownlinkStats = z.infer<typeof DownlinkStats>;

export const PeerStats = z.strictObject({
  peer: Id,
  transport: z.enum(['none', 'new', 'connecting', 'connected', 'disconnected', 'failed', 'closed']),
  packetsIn: count,
  bytesIn: count,
  packetsOut: count,
  bytesOut: count,
  /** Packets that were dropped on arrival, by reason. */
  dropped: z.strictObject({
    /** Neither RTP nor RTCP that can be read. */
    malformed: count,
    /** A source that may not be sent, or is not declared to be on. */
    forbidden: count,
    /** An SSRC that belongs to no line. */
    unbound: count,
    /** Over the limit of bits or packets per second. */
    overLimit: count,
  }),
  /** Round trip of RTCP reports, ms; null before the first. */
  roundTripTime: z.nullable(count),
  downlink: DownlinkStats,
  upstream: z.array(UpstreamStats),
  slots: z.array(SlotStats),
});
export type PeerStats = z.infer<typeof PeerStats>;

export const RoomStats = z.strictObject({ room: Id, speakers: z.array(Id), peers: z.array(PeerStats) });
export type RoomStats = z.infer<typeof RoomStats>;
