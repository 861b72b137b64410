import type { LineUse } from '../control/media.ts';
import { must } from './OfferError.ts';
import type { OfferedMedia } from './ParsedOffer.ts';
import { USES } from './uses.ts';

/** The codec of a line. Every line has one: Opus, or VP8 with retransmission. */
export interface NegotiatedCodec {
  readonly name: 'opus' | 'VP8';
  readonly clockRate: number;
  /** 2 for Opus (RFC 7587, section 7), absent for video. */
  readonly channels: number | null;
  readonly payloadType: number;
  /** Of the RTX stream (RFC 4588); null for audio, and where the browser has none. */
  readonly rtxPayloadType: number | null;
  /** Format parameters of our answer. */
  readonly fmtp: string | null;
  /** `rtcp-fb` of our answer, in our order. */
  readonly feedback: readonly string[];
}

/** What we answer of what is offered. Sent lines carry transport-wide feedback; receivers are to send REMB instead. */
const FEEDBACK = {
  'audio sendonly': ['transport-cc'],
  'audio recvonly': [],
  'video sendonly': ['nack', 'nack pli', 'ccm fir', 'transport-cc'],
  'video recvonly': ['nack', 'nack pli', 'ccm fir', 'goog-remb'],
} as const;

/** Chooses the codec of a line among the offered ones. Throws OfferError when ours is not among them. */
export function chooseCodec(media: OfferedMedia, use: LineUse): NegotiatedCodec {
  const { kind, direction } = USES[use];
  const listed = new Set(media.payloads.split(' '));
  const codecs = media.rtp.filter(({ payload }) => payload <= 127 && listed.has(String(payload)));
  const wanted = kind === 'audio' ? { name: 'opus', rate: 48_000 } : { name: 'vp8', rate: 90_000 };
  const codec = codecs.find((c) => c.codec.toLowerCase() === wanted.name && c.rate === wanted.rate);
  must(codec !== undefined, `no ${wanted.name} on a line`);
  must(!isRtcpPayloadType(codec.payload), 'a payload type that cannot be told from RTCP');
  const rtx = codecs.find(
    (c) => c.codec.toLowerCase() === 'rtx' && associated(media, c.payload) === codec.payload,
  );
  const offered = new Set(
    media.rtcpFb
      .filter(({ payload }) => payload === '*' || payload === String(codec.payload))
      .map(({ type, subtype }) => (subtype === undefined ? type : `${type} ${subtype}`)),
  );
  return {
    name: kind === 'audio' ? 'opus' : 'VP8',
    clockRate: wanted.rate,
    channels: kind === 'audio' ? 2 : null,
    payloadType: codec.payload,
    rtxPayloadType: kind === 'video' && rtx && !isRtcpPayloadType(rtx.payload) ? rtx.payload : null,
    fmtp: kind === 'audio' ? opusParameters(use) : null,
    feedback: FEEDBACK[`${kind} ${direction}`].filter((entry) => offered.has(entry)),
  };
}

/** In-band FEC on, redundancy (RED) off. Sound of a shared screen is music as often as speech: stereo. */
function opusParameters(use: LineUse): string {
  return use === 'screen-audio' || use === 'screen-audio-slot'
    ? 'minptime=10;useinbandfec=1;stereo=1;sprop-stereo=1'
    : 'minptime=10;useinbandfec=1';
}

/** The payload type that a retransmission format repairs: `apt` (RFC 4588, section 8.6). */
function associated(media: OfferedMedia, rtxPayloadType: number): number | null {
  const config = media.fmtp.find(({ payload }) => payload === rtxPayloadType)?.config ?? '';
  const apt = /(?:^|;)\s*apt=(\d{1,3})(?:;|$)/.exec(config)?.[1];
  return apt === undefined ? null : Number(apt);
}

/** 64–95 with the marker bit look like RTCP types 192–223 on a multiplexed transport (RFC 5761, section 4). */
function isRtcpPayloadType(payloadType: number): boolean {
  return payloadType >= 64 && payloadType <= 95;
}
