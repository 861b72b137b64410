import type { VideoCodec } from '@conclave/protocol';

/**
 * What is forwarded of the codecs that a browser has, in the order of the offer. VP8 first: a browser that cannot be told
 * to change sends the first one of the answer, and VP8 is what everybody shows.
 */
const forwarded: readonly { readonly name: VideoCodec; readonly fits: (parameters: string) => boolean }[] = [
  { name: 'VP8', fits: () => true },
  { name: 'VP9', fits: (parameters) => parameters === '' || /profile-id=0(;|$)/.test(parameters) },
  {
    name: 'H264',
    fits: (parameters) =>
      /packetization-mode=1/.test(parameters) && /profile-level-id=42e0/i.test(parameters),
  },
  { name: 'AV1', fits: (parameters) => parameters === '' || /(^|;)profile=0/.test(parameters) },
];

/** Header extensions that the SFU reads or writes. The others only make the offer longer. */
const extensions: readonly string[] = [
  'urn:ietf:params:rtp-hdrext:sdes:mid',
  'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
  'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id',
  'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension',
];

/** The codec of ours that a browser's entry is. */
export function videoCodecOf({ mimeType, sdpFmtpLine = '' }: RTCRtpCodec): VideoCodec | null {
  const known = forwarded.find(({ name }) => mimeType.toLowerCase() === `video/${name.toLowerCase()}`);
  return known?.fits(sdpFmtpLine) === true ? known.name : null;
}

/**
 * Offers on a line only what is forwarded: Opus without redundancy, the video codecs with retransmission (RFC 4588). A
 * browser's whole list, repeated on each of 26 lines, makes an offer of over 100 kB.
 */
export function offerForwardedCodecs(transceiver: RTCRtpTransceiver): RTCRtpTransceiver {
  const { kind } = transceiver.receiver.track;
  const ours = kind === 'audio' ? audioCodecs() : videoCodecs(transceiver.direction);
  if (ours.length > 0) transceiver.setCodecPreferences(ours);
  offerExtensions(transceiver);
  return transceiver;
}

function audioCodecs(): RTCRtpCodec[] {
  const codecs = RTCRtpReceiver.getCapabilities('audio')?.codecs ?? [];
  return codecs.filter(({ mimeType }) => mimeType.toLowerCase() === 'audio/opus');
}

function videoCodecs(direction: RTCRtpTransceiverDirection): RTCRtpCodec[] {
  const capabilities =
    direction === 'sendonly'
      ? RTCRtpSender.getCapabilities('video')
      : RTCRtpReceiver.getCapabilities('video');
  const codecs = capabilities?.codecs ?? [];
  const chosen = forwarded.flatMap(({ name }) => codecs.find((codec) => videoCodecOf(codec) === name) ?? []);
  return [...chosen, ...codecs.filter(({ mimeType }) => mimeType.toLowerCase() === 'video/rtx')];
}

/** Not every browser has this part of the RTP header extensions API, nor do all typings. */
interface ExtensionNegotiation {
  getHeaderExtensionsToNegotiate?(): { uri: string; direction: RTCRtpTransceiverDirection }[];
  setHeaderExtensionsToNegotiate?(list: { uri: string; direction: RTCRtpTransceiverDirection }[]): void;
}

/** Turns the Dependency Descriptor on, which browsers know and do not offer by themselves. */
function offerExtensions(transceiver: RTCRtpTransceiver & ExtensionNegotiation): void {
  const offered = transceiver.getHeaderExtensionsToNegotiate?.();
  if (offered === undefined) return;
  for (const extension of offered)
    extension.direction = extensions.includes(extension.uri) ? 'sendrecv' : 'stopped';
  transceiver.setHeaderExtensionsToNegotiate?.(offered);
}
