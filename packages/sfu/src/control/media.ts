import * as z from 'zod/mini';

/** What a participant can send, and what is on or allowed of it. */
export const SourceSet = z.strictObject({
  microphone: z.boolean(),
  camera: z.boolean(),
  screen: z.boolean(),
  screenAudio: z.boolean(),
});
export type SourceSet = z.infer<typeof SourceSet>;

/** What a media line of the offer is for. A slot is a receive line of the client that we fill. */
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

/** `a=mid` (RFC 5888). */
export const Mid = z.string().check(z.regex(/^[A-Za-z0-9]{1,8}$/));
export const OfferLine = z.strictObject({ mid: Mid, use: LineUse });
export type OfferLine = z.infer<typeof OfferLine>;

/** Rooms and peers are named by whoever asks; only the length is our concern. */
export const Id = z.string().check(z.minLength(1), z.maxLength(64));

/** The largest offer that is read, characters, and the most lines that one may have. */
export const OFFER_LIMITS = { characters: 128 * 1024, lines: 40, lineCharacters: 2_048 } as const;

const Pixels = z.int().check(z.minimum(0), z.maximum(16_384));
/** Device pixels. 0 × 0: not shown. */
export const TileSize = z.strictObject({ width: Pixels, height: Pixels });
export type TileSize = z.infer<typeof TileSize>;

/** What a client shows now; its video slots are filled by it. */
export const View = z.strictObject({
  tiles: z.int().check(z.minimum(0), z.maximum(OFFER_LIMITS.lines)),
  tile: TileSize,
  pinned: z.array(Id).check(z.maxLength(16)),
  sizes: z.array(z.strictObject({ participantId: Id, size: TileSize })).check(z.maxLength(1_000)),
  screen: TileSize,
});
export type View = z.infer<typeof View>;

/** The rids of the camera's simulcast layers: a quarter, a half and the full resolution. */
export const CameraLayer = z.enum(['q', 'h', 'f']);
export type CameraLayer = z.infer<typeof CameraLayer>;

/**
 * The codecs of pictures. VP9 and AV1 are carried only with the Dependency Descriptor, because nothing else tells their
 * layers once payloads are encrypted.
 */
export const VideoCodec = z.enum(['AV1', 'VP9', 'H264', 'VP8']);
export type VideoCodec = z.infer<typeof VideoCodec>;

/** One receive line of a viewer and who is in it now. */
export const Slot = z.strictObject({
  mid: Mid,
  use: LineUse,
  participantId: z.nullable(Id),
  layer: z.nullable(CameraLayer),
});
export type Slot = z.infer<typeof Slot>;

/** What somebody watches of what a peer sends, and the codec to send it with; null: none that anybody could read. */
export const Wanted = z.strictObject({
  camera: z.array(CameraLayer),
  screen: z.boolean(),
  codec: z.nullable(VideoCodec),
});
export type Wanted = z.infer<typeof Wanted>;
