import type { Codec } from '../envelope/frame.ts';
import type { EncodedFrame } from './transformer.ts';

/** RTP payload types of one connection, as its descriptions have them. */
export type PayloadTypes = ReadonlyMap<number, Codec>;

const codecs: readonly Codec[] = ['opus', 'VP8', 'VP9', 'AV1', 'H264'];

/** The codec of a MIME type such as `video/VP8`; null when it is none of ours. */
export function codecOf(mimeType: string): Codec | null {
  const name = mimeType.slice(mimeType.indexOf('/') + 1).toLowerCase();
  return codecs.find((codec) => codec.toLowerCase() === name) ?? null;
}

/** Null while it is not known: such a frame cannot be protected, and is not sent. */
export function codecOfFrame(frame: EncodedFrame, payloadTypes: PayloadTypes): Codec | null {
  const { mimeType, payloadType } = frame.getMetadata();
  if (mimeType !== undefined) return codecOf(mimeType);
  return payloadType === undefined ? null : (payloadTypes.get(payloadType) ?? null);
}
