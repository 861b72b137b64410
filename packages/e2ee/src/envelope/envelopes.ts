import { av1Envelope } from './av1.ts';
import type { Envelope } from './Envelope.ts';
import type { Codec } from './frame.ts';
import { h264Envelope } from './h264.ts';
import { opusEnvelope } from './opus.ts';
import { vp8Envelope } from './vp8.ts';
import { vp9Envelope } from './vp9.ts';

export const ENVELOPES: Readonly<Record<Codec, Envelope>> = Object.freeze({
  opus: opusEnvelope,
  VP8: vp8Envelope,
  VP9: vp9Envelope,
  AV1: av1Envelope,
  H264: h264Envelope,
});
