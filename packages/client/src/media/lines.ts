import type { LineUse, OfferLine } from '@conclave/protocol';
import { offerForwardedCodecs } from './codecPreferences.ts';

/**
 * The media lines of the one offer, in order. Send lines first; what comes after is a receive slot each.
 * Nothing is renegotiated while people come, go, speak or share.
 */
export function lineUses(videoSlots: number, audioSlots = 4): readonly LineUse[] {
  return [
    'microphone',
    'camera',
    'screen',
    'screen-audio',
    ...Array<LineUse>(audioSlots).fill('audio-slot'),
    ...Array<LineUse>(videoSlots).fill('video-slot'),
    'screen-slot',
    'screen-audio-slot',
  ];
}

/** The three simulcast layers of a 1280 × 720 camera: 180, 360 and 720 lines. Bitrates in bit/s. */
export const cameraEncodings: readonly RTCRtpEncodingParameters[] = [
  { rid: 'q', scaleResolutionDownBy: 4, maxBitrate: 150_000, active: false },
  { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 500_000, active: false },
  { rid: 'f', scaleResolutionDownBy: 1, maxBitrate: 1_800_000, active: false },
];

export const screenEncodings: readonly RTCRtpEncodingParameters[] = [
  { maxBitrate: 2_500_000, active: false },
];

/** Adds one transceiver for each use. Layers start paused: nobody sends what nobody has asked for. */
export function addTransceivers(
  connection: RTCPeerConnection,
  uses: readonly LineUse[],
): readonly { use: LineUse; transceiver: RTCRtpTransceiver }[] {
  return uses.map((use) => ({ use, transceiver: offerForwardedCodecs(addTransceiver(connection, use)) }));
}

function addTransceiver(connection: RTCPeerConnection, use: LineUse): RTCRtpTransceiver {
  switch (use) {
    case 'microphone':
    case 'screen-audio':
      return connection.addTransceiver('audio', { direction: 'sendonly' });
    case 'camera':
      return connection.addTransceiver('video', {
        direction: 'sendonly',
        sendEncodings: [...cameraEncodings],
      });
    case 'screen':
      return connection.addTransceiver('video', {
        direction: 'sendonly',
        sendEncodings: [...screenEncodings],
      });
    case 'audio-slot':
    case 'screen-audio-slot':
      return connection.addTransceiver('audio', { direction: 'recvonly' });
    case 'video-slot':
    case 'screen-slot':
      return connection.addTransceiver('video', { direction: 'recvonly' });
  }
}

/** What the server is told about the offer. Mids are known only once the local description is set. */
export function describeLines(
  lines: readonly { use: LineUse; transceiver: RTCRtpTransceiver }[],
): OfferLine[] {
  return lines.map(({ use, transceiver }) => {
    if (transceiver.mid === null)
      throw new Error('A transceiver has no mid: the local description is not set.');
    return { mid: transceiver.mid, use };
  });
}
