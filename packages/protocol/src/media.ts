import * as z from 'zod/mini';
import { ParticipantId } from './ids.ts';
import { LIMITS } from './limits.ts';

/** What a participant can send. */
export const MediaSource = z.enum(['microphone', 'camera', 'screen', 'screen-audio']);
export type MediaSource = z.infer<typeof MediaSource>;

/** Which sources are on (as a participant says of themselves) or allowed (as the server says). */
export const SourceSet = z.strictObject({
  microphone: z.boolean(),
  camera: z.boolean(),
  screen: z.boolean(),
  screenAudio: z.boolean(),
});
export type SourceSet = z.infer<typeof SourceSet>;
export const NO_SOURCES: SourceSet = Object.freeze({
  microphone: false,
  camera: false,
  screen: false,
  screenAudio: false,
});

/** What a media line of the client's one offer is for. A slot is a receive line that the server fills. */
export const LineUse = z.enum([
  'microphone',
  'camera',
  'screen',
  'screen-audio',
  'audio-slot',
  'video-slot',
  'screen-slot',
  'screen-audio-slot',
]);
export type LineUse = z.infer<typeof LineUse>;

/** The `a=mid` of a line (RFC 5888), as browsers number them. */
export const Mid = z.string().check(z.regex(/^[A-Za-z0-9]{1,8}$/));
export const OfferLine = z.strictObject({ mid: Mid, use: LineUse });
export type OfferLine = z.infer<typeof OfferLine>;

/** A tile on the screen, in device pixels. 0 × 0: not shown, send nothing. */
export const TileSize = z.strictObject({
  width: z.int().check(z.minimum(0), z.maximum(16_384)),
  height: z.int().check(z.minimum(0), z.maximum(16_384)),
});
export type TileSize = z.infer<typeof TileSize>;

/** What a client shows now. The server fills its video slots by it: pinned, then speakers, then the rest. */
export const View = z.strictObject({
  /** Camera tiles that there is room for; never more slots than this are filled. */
  tiles: z.int().check(z.minimum(0), z.maximum(LIMITS.videoSlots)),
  /** The size of a tile that `sizes` does not name. */
  tile: TileSize,
  /** Shown first, in this order. */
  pinned: z.array(ParticipantId).check(z.maxLength(LIMITS.pinned)),
  /** Tiles of another size than `tile`, hidden ones among them. */
  sizes: z
    .array(z.strictObject({ participantId: ParticipantId, size: TileSize }))
    .check(z.maxLength(LIMITS.participants)),
  /** The shared screen. */
  screen: TileSize,
});
export type View = z.infer<typeof View>;

/** The rids of the camera's simulcast layers: a quarter, a half and the full resolution. */
export const CameraLayer = z.enum(['q', 'h', 'f']);
export type CameraLayer = z.infer<typeof CameraLayer>;

/** One receive line and who is in it now. */
export const Slot = z.strictObject({
  mid: Mid,
  use: LineUse,
  participantId: z.nullable(ParticipantId),
  /** For camera slots: the layer that is forwarded now; null while none is. */
  layer: z.nullable(CameraLayer),
});
export type Slot = z.infer<typeof Slot>;

/** The codecs of pictures. VP9 and AV1 only with the Dependency Descriptor (AV1 RTP specification, appendix A). */
export const VideoCodec = z.enum(['AV1', 'VP9', 'H264', 'VP8']);
export type VideoCodec = z.infer<typeof VideoCodec>;

/**
 * What somebody watches of what this client sends; everything else is paused at the sender. And the codec to send it
 * with; null: nobody here could read any that this client sends.
 */
export const Wanted = z.strictObject({
  camera: z.array(CameraLayer),
  screen: z.boolean(),
  codec: z.nullable(VideoCodec),
});
export type Wanted = z.infer<typeof Wanted>;
