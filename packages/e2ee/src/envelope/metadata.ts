import { type Bytes, concat } from '../bytes.ts';
import type { Codec, FrameType } from './frame.ts';

const VERSION = 1;
const CODEC_BYTE = { opus: 1, VP8: 2, VP9: 3, AV1: 4, H264: 5 } as const satisfies Record<Codec, number>;
const TYPE_BYTE = { key: 1, delta: 2 } as const;

/**
 * What is authenticated with a frame beside the SFrame header (RFC 9605, section 9.4): the version of this format, the
 * codec, key (1), delta (2) or neither (0), then all that the envelope has in the clear. So no frame passes for one of
 * another kind.
 */
export function metadataOf(codec: Codec, type: FrameType, clear: Bytes): Bytes {
  return concat(Uint8Array.of(VERSION, CODEC_BYTE[codec], type === null ? 0 : TYPE_BYTE[type]), clear);
}
