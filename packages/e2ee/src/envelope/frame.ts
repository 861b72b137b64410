import type { Bytes } from '../bytes.ts';

/** Where frames come from, each with the SFrame context that it is sent in: its own key and its own counter. */
export const SOURCE_CONTEXT = { microphone: 0, camera: 1, screen: 2, screenAudio: 3 } as const;

export type AudioSource = 'microphone' | 'screenAudio';
export type VideoSource = 'camera' | 'screen';
export type Source = AudioSource | VideoSource;

/** As in SDP, which RTCRtpCodec follows (`audio/opus`, `video/VP8`). */
export type VideoCodec = 'VP8' | 'VP9' | 'AV1' | 'H264';
export type Codec = 'opus' | VideoCodec;

/** What a frame is. `type` of a layer is its picture's, as RTCEncodedVideoFrame gives it. */
export type FrameKind =
  | { readonly codec: 'opus'; readonly type: null }
  | { readonly codec: VideoCodec; readonly type: 'key' | 'delta' };

export type FrameType = FrameKind['type'];

/** An encoded frame of any size, empty ones and those of silence too. */
export type Frame = FrameKind & { readonly source: Source; readonly data: Bytes };

const SOURCES = ['microphone', 'camera', 'screen', 'screenAudio'] as const satisfies readonly Source[];

/** Undefined for a context that is not ours. */
export function sourceOf(contextId: number): Source | undefined {
  return SOURCES[contextId];
}

/** Sound comes in audio codecs, pictures in video codecs. */
export function canCarry(codec: Codec, source: Source): boolean {
  return (codec === 'opus') === (source === 'microphone' || source === 'screenAudio');
}
