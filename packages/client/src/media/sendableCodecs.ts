import type { VideoCodec } from '@conclave/protocol';
import { videoCodecOf } from './codecPreferences.ts';

/** What a camera sends at most: the three layers together. */
const demand = { width: 1280, height: 720, framerate: 30, bitrate: 2_450_000 };

/**
 * The codecs of pictures that this browser sends well. Those in layers only where its own measure says that it keeps up;
 * and one codec alone, the first of the offer, where it cannot be told to change without another offer.
 */
export function sendableCodecs(): Promise<VideoCodec[]> {
  sendable ??= findSendable();
  return sendable;
}

let sendable: Promise<VideoCodec[]> | undefined;

async function findSendable(): Promise<VideoCodec[]> {
  const found = new Set<VideoCodec>();
  for (const codec of RTCRtpSender.getCapabilities('video')?.codecs ?? []) {
    const name = videoCodecOf(codec);
    if (name !== null) found.add(name);
  }
  const plain = (['VP8', 'H264'] as const).filter((name) => found.has(name));
  if (!canChangeCodecs()) return plain.slice(0, 1);
  const layered = await Promise.all(
    (['VP9', 'AV1'] as const).map(async (name) => (found.has(name) && (await keepsUp(name)) ? [name] : [])),
  );
  return [...layered.flat(), ...plain];
}

let known: boolean | undefined;

/** Whether this browser takes another codec without another offer. */
export function canChangeCodecs(): boolean {
  known ??= readsCodec();
  return known;
}

/** Whether `RTCRtpEncodingParameters.codec` is read at all: there is no other sign of it. */
function readsCodec(): boolean {
  let read = false;
  const connection = new RTCPeerConnection();
  try {
    const encoding = Object.defineProperty({}, 'codec', {
      enumerable: true,
      get: () => {
        read = true;
        return undefined;
      },
    });
    connection.addTransceiver('video', { direction: 'sendonly', sendEncodings: [encoding] });
  } catch {
    return false;
  } finally {
    connection.close();
  }
  return read;
}

async function keepsUp(codec: 'VP9' | 'AV1'): Promise<boolean> {
  const video = { contentType: `video/${codec}`, ...demand, scalabilityMode: 'L3T3_KEY' };
  try {
    const { supported, smooth } = await navigator.mediaCapabilities.encodingInfo({ type: 'webrtc', video });
    return supported && smooth;
  } catch {
    return false;
  }
}
