import type { LineUse, MediaSource, OfferLine } from '@conclave/protocol';
import type { ConnectionCipher } from '../encryption/Encryption.ts';
import { cameraEncodings, screenEncodings } from './cameraEncodings.ts';
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

/** What belongs into each kind of slot. */
const slotSources = {
  'audio-slot': 'microphone',
  'video-slot': 'camera',
  'screen-slot': 'screen',
  'screen-audio-slot': 'screen-audio',
} as const satisfies Partial<Record<LineUse, MediaSource>>;

/** Before anything is negotiated, so that no frame ever passes as it is. @returns the lines of those that receive */
export function protectLines(
  lines: readonly { use: LineUse; transceiver: RTCRtpTransceiver }[],
  cipher: ConnectionCipher,
): ReadonlyMap<RTCRtpTransceiver, number> {
  const numbers = new Map<RTCRtpTransceiver, number>();
  for (const { use, transceiver } of lines) {
    if (use in slotSources) {
      const source = slotSources[use as keyof typeof slotSources];
      numbers.set(transceiver, cipher.protectReceiver(transceiver.receiver, source));
    } else cipher.protectSender(transceiver.sender, use as MediaSource);
  }
  return numbers;
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
