import { isRtcp } from '../rtp/parseRtp.ts';
import type { MediaPeer } from './MediaPeer.ts';

/** Sends a packet every few ms until disposed of; the number counts from `first`. */
export function sendFlow(
  peer: MediaPeer,
  packet: (sequence: number) => Uint8Array,
  options: { interval?: number; first?: number } = {},
): Disposable & { readonly sent: number } {
  const { interval = 20, first = 1_000 } = options;
  let sequence = first;
  const timer = setInterval(() => {
    // The other end may have closed the transport, which is what some tests are about.
    if (peer.open) peer.send(packet(sequence++));
  }, interval);
  return {
    get sent() {
      return sequence - first;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

/** The next RTP packet with this SSRC that fits. */
export function nextRtp(
  peer: MediaPeer,
  ssrc: number,
  fits: (packet: Buffer) => boolean = () => true,
): Promise<Buffer> {
  return nextPacket(peer, (packet) => !isRtcp(packet) && packet.readUInt32BE(8) === ssrc && fits(packet));
}

export function nextPacket(peer: MediaPeer, fits: (packet: Buffer) => boolean): Promise<Buffer> {
  return new Promise((resolve) => {
    const stop = peer.onPacket((packet) => {
      if (!fits(packet)) return;
      stop();
      resolve(packet);
    });
  });
}

/** Every RTP packet with this SSRC from now on. */
export function collectRtp(peer: MediaPeer, ssrc: number): Buffer[] {
  const packets: Buffer[] = [];
  peer.onPacket((packet) => {
    if (!isRtcp(packet) && packet.readUInt32BE(8) === ssrc) packets.push(packet);
  });
  return packets;
}
