import { isRtcp } from '../../../packages/sfu/src/rtp/parseRtp.ts';
import { MediaPeer } from '../../../packages/sfu/src/testing/MediaPeer.ts';
import { USES } from '../../../packages/sfu/src/testing/Meeting.ts';
import { type Attack, type AttackContext, atRate, Tally } from './context.ts';
import { feedback } from './feedback.ts';
import { media } from './media.ts';

/** Makes the packet of each turn; null: nothing this time. */
export type Packets = (
  peer: MediaPeer,
  options: AttackContext['options'],
) => (index: number) => Uint8Array | null;

/** Joins as a participant does, and then sends what no browser would. */
function participant(rate: number, packets: Packets): Attack {
  return async (context) => {
    const { seconds, options, connect, begin } = context;
    const tally = new Tally();
    const peer = await MediaPeer.open(USES);
    await peer.accept(await connect(`mallory ${context.attack}`, peer));
    const next = packets(peer, options);
    peer.onPacket((packet) => {
      // What is shown to the attacker anyway is no reply.
      if (options['count'] === 'rtx' && !isRtx(peer, packet)) return;
      tally.in(packet.length);
    });
    await begin();
    await atRate(Number(options['rate'] ?? rate), seconds, (index) => {
      const packet = next(index);
      if (packet === null || !peer.open) return;
      try {
        peer.send(packet);
        tally.out(packet.length);
      } catch {
        // The library that encrypts refuses the worst of it itself.
      }
    });
    peer.close();
    return tally.deeds;
  };
}

function isRtx(peer: MediaPeer, packet: Buffer): boolean {
  return !isRtcp(packet) && peer.receiveLines.some(({ rtxSsrc }) => rtxSsrc === packet.readUInt32BE(8));
}

export const authenticated: Readonly<Record<string, Attack>> = Object.fromEntries(
  Object.entries({ ...media, ...feedback }).map(([name, { rate, packets }]) => [
    name,
    participant(rate, packets),
  ]),
);
