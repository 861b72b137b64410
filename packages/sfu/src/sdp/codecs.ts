import type { LineUse, VideoCodec } from '../control/media.ts';
import type { ExtensionIds } from '../rtp/HeaderExtensions.ts';
import { must } from './OfferError.ts';
import type { OfferedMedia } from './ParsedOffer.ts';
import { USES } from './uses.ts';

/** One codec of a line: Opus, or a codec of pictures with its retransmission. */
export interface NegotiatedCodec {
  readonly name: 'opus' | VideoCodec;
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

/** What we answer of what is offered. Receivers that know no transport-wide feedback are to send REMB. */
const FEEDBACK = {
  'audio sendonly': ['nack', 'transport-cc'],
  'audio recvonly': ['nack', 'transport-cc'],
  'video sendonly': ['nack', 'nack pli', 'ccm fir', 'transport-cc'],
  'video recvonly': ['nack', 'nack pli', 'ccm fir', 'goog-remb', 'transport-cc'],
} as const;

/** A codec that we know, by the format parameters that it is offered with. */
interface KnownCodec {
  readonly name: NegotiatedCodec['name'];
  readonly rate: number;
  /** The format parameters of our answer; undefined: not the profile that we carry. */
  readonly answer: (parameters: ReadonlyMap<string, string>, use: LineUse) => string | null | undefined;
}

const KNOWN: readonly KnownCodec[] = [
  { name: 'opus', rate: 48_000, answer: (_, use) => opusParameters(use) },
  { name: 'VP8', rate: 90_000, answer: () => null },
  {
    name: 'VP9',
    rate: 90_000,
    answer: (parameters) => ((parameters.get('profile-id') ?? '0') === '0' ? 'profile-id=0' : undefined),
  },
  {
    name: 'AV1',
    rate: 90_000,
    answer: (parameters) => {
      const level = parameters.get('level-idx') ?? '5';
      const main = (parameters.get('profile') ?? '0') === '0' && /^\d{1,2}$/.test(level);
      return main ? `level-idx=${level};profile=0;tier=0` : undefined;
    },
  },
  {
    name: 'H264',
    rate: 90_000,
    answer: (parameters) => {
      const profile = (parameters.get('profile-level-id') ?? '').toLowerCase();
      // Constrained baseline: profile_idc 66 with constraint_set1_flag (RFC 6184, section 8.1).
      const constrained = /^42[4567cdef][0-9a-f]{3}$/.test(profile);
      return constrained && parameters.get('packetization-mode') === '1'
        ? `level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=${profile}`
        : undefined;
    },
  },
];

/** Nothing else tells the layers of these (see VideoCodec). */
const DESCRIBED: ReadonlySet<string> = new Set(['VP9', 'AV1'] satisfies VideoCodec[]);

/**
 * The codecs of a line that both ends know, in the order of the offer, each once. Throws OfferError when there is none.
 * @param extensions of the line, as negotiated
 */
export function chooseCodecs(
  media: OfferedMedia,
  use: LineUse,
  extensions: ExtensionIds,
): readonly NegotiatedCodec[] {
  const { kind, direction } = USES[use];
  const order = media.payloads.split(' ');
  const chosen = new Map<string, NegotiatedCodec>();
  for (const payload of order) {
    const offered = media.rtp.find((each) => String(each.payload) === payload && each.payload <= 127);
    const known = KNOWN.find(
      ({ name, rate }) => name.toLowerCase() === offered?.codec.toLowerCase() && rate === offered.rate,
    );
    if (offered === undefined || known === undefined || chosen.has(known.name)) continue;
    if ((known.name === 'opus') !== (kind === 'audio')) continue;
    if (DESCRIBED.has(known.name) && extensions.dependencyDescriptor === undefined) continue;
    const fmtp = known.answer(parametersOf(media, offered.payload), use);
    if (fmtp === undefined) continue;
    must(!isRtcpPayloadType(offered.payload), 'a payload type that cannot be told from RTCP');
    chosen.set(known.name, {
      name: known.name,
      clockRate: known.rate,
      channels: kind === 'audio' ? 2 : null,
      payloadType: offered.payload,
      rtxPayloadType: kind === 'video' ? rtxOf(media, order, offered.payload) : null,
      fmtp,
      feedback: feedbackOf(media, offered.payload, FEEDBACK[`${kind} ${direction}`]),
    });
  }
  must(chosen.size > 0, kind === 'audio' ? 'no opus on a line' : 'no codec of ours on a line');
  return [...chosen.values()];
}

function feedbackOf(media: OfferedMedia, payloadType: number, ours: readonly string[]): string[] {
  const offered = new Set(
    media.rtcpFb
      .filter(({ payload }) => payload === '*' || payload === String(payloadType))
      .map(({ type, subtype }) => (subtype === undefined ? type : `${type} ${subtype}`)),
  );
  return ours.filter((entry) => offered.has(entry));
}

/**
 * In-band FEC on, redundancy (RED) off. Sound of a shared screen is music as often as speech: stereo. A microphone sends
 * next to nothing while nobody speaks (DTX): a packet every 400 ms, which is less than what counts as a pause anywhere.
 * 32 kbit/s is fullband speech; browsers differ in what they would send, and narrow links count each of it.
 */
function opusParameters(use: LineUse): string {
  if (use === 'screen-audio' || use === 'screen-audio-slot')
    return 'minptime=10;useinbandfec=1;stereo=1;sprop-stereo=1';
  return use === 'microphone'
    ? 'minptime=10;useinbandfec=1;usedtx=1;maxaveragebitrate=32000'
    : 'minptime=10;useinbandfec=1';
}

/** The retransmission format whose `apt` is the payload type (RFC 4588, section 8.6). */
function rtxOf(media: OfferedMedia, order: readonly string[], payloadType: number): number | null {
  const rtx = media.rtp.find(
    ({ codec, payload }) =>
      codec.toLowerCase() === 'rtx' &&
      payload <= 127 &&
      order.includes(String(payload)) &&
      parametersOf(media, payload).get('apt') === String(payloadType),
  );
  return rtx === undefined || isRtcpPayloadType(rtx.payload) ? null : rtx.payload;
}

/** `a=fmtp` as names and values. */
function parametersOf(media: OfferedMedia, payloadType: number): ReadonlyMap<string, string> {
  const config = media.fmtp.find(({ payload }) => payload === payloadType)?.config ?? '';
  return new Map(
    config.split(';').map((entry) => {
      const [name = '', value = ''] = entry.split('=');
      return [name.trim().toLowerCase(), value.trim()];
    }),
  );
}

/** 64–95 with the marker bit look like RTCP types 192–223 on a multiplexed transport (RFC 5761, section 4). */
function isRtcpPayloadType(payloadType: number): boolean {
  return payloadType >= 64 && payloadType <= 95;
}
