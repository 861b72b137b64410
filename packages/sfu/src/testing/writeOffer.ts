import type { LineUse, OfferLine } from '../control/media.ts';
import { EXTENSION_URIS, type ExtensionIds } from '../rtp/HeaderExtensions.ts';
import type { LocalParameters } from '../transport/parameters.ts';

/** As Chromium numbers them. */
export const EXTENSIONS = {
  audioLevel: 1,
  absoluteSendTime: 2,
  transportSequence: 3,
  mid: 4,
  rid: 10,
  repairedRid: 11,
} as const satisfies ExtensionIds;

export const PAYLOAD_TYPES = { opus: 111, vp8: 96, rtx: 97 } as const;

/**
 * An offer as a browser would make it.
 * @param feedback false: as of a receiver that knows no transport-wide feedback
 */
export function writeOffer(lines: readonly OfferLine[], local: LocalParameters, feedback = true): string {
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    `a=group:BUNDLE ${lines.map(({ mid }) => mid).join(' ')}`,
    ...lines
      .flatMap(({ mid, use }) => section(mid, use, local))
      .filter((line) => feedback || !line.includes('transport-cc')),
    '',
  ].join('\r\n');
}

function section(mid: string, use: LineUse, local: LocalParameters): string[] {
  const audio = ['microphone', 'screen-audio', 'audio-slot', 'screen-audio-slot'].includes(use);
  const names = Object.keys(EXTENSIONS) as (keyof typeof EXTENSIONS)[];
  return [
    audio ? 'm=audio 9 UDP/TLS/RTP/SAVPF 111' : 'm=video 9 UDP/TLS/RTP/SAVPF 96 97',
    'c=IN IP4 0.0.0.0',
    `a=ice-ufrag:${local.iceUfrag}`,
    `a=ice-pwd:${local.icePwd}`,
    `a=fingerprint:sha-256 ${local.fingerprint}`,
    'a=setup:actpass',
    `a=mid:${mid}`,
    use.endsWith('-slot') ? 'a=recvonly' : 'a=sendonly',
    'a=rtcp-mux',
    'a=rtcp-rsize',
    ...names.map((name) => `a=extmap:${EXTENSIONS[name]} ${EXTENSION_URIS[name]}`),
    ...(audio ? OPUS : VP8),
    ...(use === 'camera' ? SIMULCAST : []),
  ];
}

const OPUS = [
  'a=rtpmap:111 opus/48000/2',
  ...['nack', 'transport-cc'].map((type) => `a=rtcp-fb:111 ${type}`),
  'a=fmtp:111 minptime=10;useinbandfec=1',
];
const VP8 = [
  'a=rtpmap:96 VP8/90000',
  ...['goog-remb', 'transport-cc', 'ccm fir', 'nack', 'nack pli'].map((type) => `a=rtcp-fb:96 ${type}`),
  'a=rtpmap:97 rtx/90000',
  'a=fmtp:97 apt=96',
];
const SIMULCAST = [...['q', 'h', 'f'].map((rid) => `a=rid:${rid} send`), 'a=simulcast:send q;h;f'];
