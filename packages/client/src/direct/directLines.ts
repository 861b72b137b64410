import type { MediaSource } from '@conclave/protocol';
import type { ConnectionCipher } from '../encryption/Encryption.ts';
import { offerForwardedCodecs } from '../media/codecPreferences.ts';

/** The lines of a direct path, in order; each of the two sends and receives on all of them. */
const sources: readonly MediaSource[] = ['microphone', 'camera', 'screen', 'screen-audio'];
const kinds: Readonly<Record<MediaSource, 'audio' | 'video'>> = {
  microphone: 'audio',
  camera: 'video',
  screen: 'video',
  'screen-audio': 'audio',
};
/** bit/s. One layer is enough: there is one viewer. */
const maxBitrate = 2_500_000;

export type DirectLines = Readonly<Record<MediaSource, RTCRtpTransceiver>>;

/** The offerer's lines. Together with `answerLines` the one place where senders and receivers of this path begin. */
export function offerLines(connection: RTCPeerConnection): DirectLines {
  return toLines(
    sources.map((source) => connection.addTransceiver(kinds[source], { direction: 'sendrecv' })),
  );
}

/**
 * The answerer's lines, which the offer has made.
 * @throws Error when it has other lines than ours.
 */
export function answerLines(connection: RTCPeerConnection): DirectLines {
  const transceivers = connection.getTransceivers();
  const asOurs =
    connection.sctp === null &&
    transceivers.length === sources.length &&
    sources.every((source, index) => transceivers[index]?.receiver.track.kind === kinds[source]);
  if (!asOurs) throw new Error('The other side has offered other lines.');
  for (const transceiver of transceivers) transceiver.direction = 'sendrecv';
  return toLines(transceivers);
}

/** Before anything is agreed on, so that no frame ever passes as it is. @param peerId whose media alone may come */
export function protectLines(lines: DirectLines, cipher: ConnectionCipher, peerId: string): void {
  for (const source of sources) {
    cipher.protectSender(lines[source].sender, source);
    cipher.protectReceiver(lines[source].receiver, source, peerId);
  }
}

/** Once both descriptions are there: only then the browser takes parameters. */
export async function limitBitrates(lines: DirectLines): Promise<void> {
  for (const { sender } of [lines.camera, lines.screen]) {
    const parameters = sender.getParameters();
    for (const encoding of parameters.encodings) encoding.maxBitrate = maxBitrate;
    // Rejected only when the connection is gone meanwhile.
    await sender.setParameters(parameters).catch(() => {});
  }
}

function toLines(transceivers: readonly RTCRtpTransceiver[]): DirectLines {
  for (const transceiver of transceivers) offerForwardedCodecs(transceiver);
  const entries = sources.map((source, index) => [source, transceivers[index]]);
  return Object.fromEntries(entries) as DirectLines;
}
