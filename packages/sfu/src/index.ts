export type { LogRecord, WorkerEvent } from './control/events.ts';
export type {
  CameraLayer,
  LineUse,
  OfferLine,
  Slot,
  SourceSet,
  TileSize,
  VideoCodec,
  View,
  Wanted,
} from './control/media.ts';
export { SfuError, type SfuErrorCode } from './control/SfuError.ts';
export type { PeerQuality, QualityLevel, RoomSummary, WorkerSummary } from './control/statistics.ts';
export type { PeerStats, RoomStats, SlotStats, UpstreamStats } from './control/stats.ts';
export { MediaWorker, type MediaWorkerOptions, type WorkerExit } from './host/MediaWorker.ts';
